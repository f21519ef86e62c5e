package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.access.AccessConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site can make a browser send. */
class OtherSitesTest extends ApiTest {
    OtherSitesTest() {
        super(AccessConfig.open().withPublicUrl(URI.create("https://millrace.example.org")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | Origin: https://evil.example",
                "403 | Origin: http://localhost",
                "403 | Origin: null",
                "403 | Origin: http://millrace.example.org",
                "403 | Origin: https://millrace.example.org.evil.example",
                "403 | Origin: https://millrace.example.org:8443",
                "403 | Sec-Fetch-Site: cross-site",
                "403 | Sec-Fetch-Site: same-site",
                "202 | Origin: http://localhost:PORT",
                "202 | Origin: https://millrace.example.org",
                "202 | Sec-Fetch-Site: same-origin",
                "202 | Sec-Fetch-Site: none",
            })
    void shouldTakeChangesFromItsOwnPagesOnly(int status, String header) throws Exception {
        start("w");

        int answer = RawHttp.status(
                api.port(),
                "POST /api/v1/workflows/w/pause HTTP/1.1\nHost: localhost:" + api.port() + "\n"
                        + header.replace("PORT", Integer.toString(api.port())));

        assertEquals(status, answer);
        assertEquals(status == 202, engine.lastCommand("w") != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | rebound.evil.example",
                "403 | rebound.evil.example:7070",
                "403 | localhost.evil.example",
                "403 | 127.0.0.1.evil.example",
                "403 | 10.0.0.1",
                "200 | localhost",
                "200 | LOCALHOST:1234",
                "200 | console.localhost:80",
                "200 | 127.0.0.1:7070",
                "200 | [::1]:7070",
                "200 | millrace.example.org",
            })
    void shouldAnswerOnlyToItsOwnNamesWhileNobodyIsAskedWhoTheyAre(int status, String host) throws Exception {
        for (String path : new String[] {"/api/v1/workflows", "/health/live"}) {
            assertEquals(status, RawHttp.status(api.port(), "GET " + path + " HTTP/1.1\nHost: " + host), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""})
    void shouldNotReadBodiesThatAFormCanSend(String type) throws Exception {
        HttpRequest.Builder request = request("/api/v1/workflows")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"t\", \"workflowId\": \"w\"}"));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }

        String detail = problem(415, send(request.build())).get("detail").asText();

        assertTrue(detail.contains("Content-Type: application/json"), detail);
        assertNull(engine.workflow("w"));
    }

    @Test
    void shouldReadJsonInWhateverWayItIsNamed() throws Exception {
        HttpRequest request = request("/api/v1/workflows")
                .header("Content-Type", "Application/JSON; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"t\", \"workflowId\": \"w\"}"))
                .build();

        assertEquals(201, send(request).statusCode());
        assertNotNull(engine.workflow("w"));
    }

    @Test
    void shouldNeverLetOtherSitesReadAnAnswer() throws Exception {
        for (String method : new String[] {"GET", "OPTIONS", "POST"}) {
            String answer = RawHttp.send(
                            api.port(),
                            method + " /api/v1/workflows HTTP/1.1\nHost: localhost\nOrigin: https://evil.example\n"
                                    + "Access-Control-Request-Method: POST\n"
                                    + "Access-Control-Request-Headers: content-type")
                    .toLowerCase(Locale.ROOT);

            assertFalse(answer.contains("access-control"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/health/live", "/api/v1/workflows", "/api/v1/workflows/none", "/%ZZ"})
    void shouldTellBrowsersToBeCarefulWithEveryAnswer(String path) throws Exception {
        String answer = RawHttp.send(api.port(), "GET " + path + " HTTP/1.1\nHost: localhost");

        // The hash is that of the console's import map, the one script that is in a page.
        assertTrue(
                Pattern.compile("\r\nContent-Security-Policy: default-src 'none'; script-src 'self' 'sha256-[\\w+/=]+';"
                                + " style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n")
                        .matcher(answer)
                        .find(),
                answer);
        for (String header : new String[] {
            "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: no-referrer",
        }) {
            assertTrue(answer.contains("\r\n" + header + "\r\n"), header + " is not in\n" + answer);
        }
        // The console's own files say nothing of workflows: they are kept, and asked for anew.
        assertTrue(answer.contains(path.equals("/") ? "Cache-Control: no-cache" : "Cache-Control: no-store"), answer);
    }

    @Test
    void shouldRefuseUrlsAndHeadersThatAreTooLong() throws Exception {
        assertEquals(414, get("/workflows?name=" + "x".repeat(8 * 1024)).statusCode());
        HttpRequest request =
                request("/health/live").header("X-Much", "x".repeat(40 * 1024)).build();
        assertEquals(431, send(request).statusCode());
        String id = "%F0%9F%90%8E".repeat(128);
        assertEquals(404, get("/workflows/" + id).statusCode(), "256 characters, each of four bytes");
    }
}
