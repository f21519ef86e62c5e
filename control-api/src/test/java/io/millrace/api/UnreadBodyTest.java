package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests whose bodies nobody reads: the client is answered all the same, and not cut off while it is still sending. */
class UnreadBodyTest extends ApiTest {
    /** More than the buffers of a connection hold. */
    private static final byte[] LARGE = new byte[6_000_000];

    /** Whether an answer would be lost depends on who is quicker. */
    private static final int TIMES = 10;

    static {
        Arrays.fill(LARGE, (byte) 'x');
    }

    private HttpRequest.Builder large(String method, String path, HttpRequest.BodyPublisher body) {
        return request(path).method(method, body);
    }

    @ParameterizedTest
    @CsvSource({
        "415, POST, /api/v1/workflows:terminate, text/plain",
        "404, POST, /api/v1/nothing,             application/json",
        "405, PUT,  /api/v1/workflows,           application/json",
        "413, POST, /api/v1/workflows:terminate, application/json",
        "200, GET,  /api/v1/workflows/w,         application/json",
        "404, GET,  /api/v1/workflows/none,      application/json",
    })
    void shouldAnswerWhoeverSendsWhatNobodyReads(int status, String method, String path, String type) throws Exception {
        start("w");
        for (int i = 0; i < TIMES; i++) {
            HttpRequest request = large(method, path, BodyPublishers.ofByteArray(LARGE))
                    .header("Content-Type", type)
                    .build();
            assertEquals(status, send(request).statusCode());
        }
    }

    @Test
    void shouldAnswerWhoeverStreamsWhatNobodyReads() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            HttpRequest request = large(
                            "POST",
                            "/api/v1/nothing",
                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)))
                    .header("Content-Type", "application/json")
                    .build();
            problem(404, send(request));
        }
    }

    /** It sends nothing of what it has announced. */
    @Test
    void shouldAnswerWhoeverDoesNotGoOn() throws Exception {
        String request =
                "POST /api/v1/nothing HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 1000";
        assertEquals(404, RawHttp.status(api.port(), request));
    }
}
