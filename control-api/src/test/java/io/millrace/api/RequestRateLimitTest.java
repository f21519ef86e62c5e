package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.access.AccessConfig;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestRateLimitTest extends ApiTest {
    RequestRateLimitTest() {
        super(AccessConfig.open().withRequestsPerSecond(1));
    }

    @Test
    void shouldSayWhenToComeBackToWhoeverAsksTooOften() throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        do {
            answers.add(get("/me"));
        } while (answers.get(answers.size() - 1).statusCode() == 200);

        HttpResponse<String> refused = answers.get(answers.size() - 1);
        assertTrue(answers.size() > 2, "a burst of two is let through");
        assertTrue(problem(429, refused).get("detail").asText().contains("127.0.0.1"), refused.body());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void shouldAlwaysSayHowItIs() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertEquals(200, send(request("/health/live").build()).statusCode());
        }
    }
}
