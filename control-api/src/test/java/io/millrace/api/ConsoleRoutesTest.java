package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files as the server gives them. */
final class ConsoleRoutesTest extends ApiTest {
    private HttpResponse<String> file(String path) throws Exception {
        return send(request(path).build());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/console/app.js, text/javascript",
        "/console/lib/html.js, text/javascript",
        "/console/styles/base.css, text/css",
        "/console/icon.svg, image/svg+xml",
        "/console/vendor/preact.js, text/javascript",
        "/console/vendor/preact-hooks.js, text/javascript",
        "/console/vendor/htm.js, text/javascript",
        "/console/vendor/uplot.js, text/javascript",
        "/console/vendor/uplot.css, text/css"
    })
    void shouldServeEachFileAsWhatItIs(String path, String contentType) throws Exception {
        HttpResponse<String> response = file(path);
        assertEquals(200, response.statusCode());
        assertTrue(header(response, "Content-Type").startsWith(contentType), header(response, "Content-Type"));
        assertFalse(response.body().isBlank());
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/vendor.properties",
                "/console/vendor/nothing.js",
                "/console/",
                "/console//app.js",
                "/console/%2e%2e/api/ApiServer.class",
                "/console/lib%2Fhtml.js%00",
                "/console/vendor/%2e%2e/app.js"
            })
    void shouldServeNothingElse(String path) throws Exception {
        assertNotEquals(200, file(path).statusCode());
    }

    @Test
    void shouldNotFallOverALongName() throws Exception {
        assertEquals(404, file("/console/" + "a/".repeat(4_000) + "a.js").statusCode());
    }

    @Test
    void shouldNotSendAFileAgainThatHasNotChanged() throws Exception {
        HttpResponse<String> first = file("/console/app.js");
        assertEquals("no-cache", header(first, "Cache-Control"));
        HttpResponse<String> again = send(request("/console/app.js")
                .header("If-None-Match", header(first, "ETag"))
                .build());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        HttpResponse<String> other = send(request("/console/app.js")
                .header("If-None-Match", header(file("/"), "ETag"))
                .build());
        assertEquals(200, other.statusCode());
    }

    @Test
    void shouldAllowTheImportMapAndNoOtherInlineScript() throws Exception {
        HttpResponse<String> page = file("/");
        Matcher inline = Pattern.compile("<script(?![^>]*src=)[^>]*>(.*?)</script>", Pattern.DOTALL)
                .matcher(page.body());
        assertTrue(inline.find());
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(inline.group(1).getBytes(StandardCharsets.UTF_8));
        assertFalse(inline.find(), "another inline script");
        String policy = header(page, "Content-Security-Policy");
        assertTrue(
                policy.contains(
                        "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';"),
                policy);
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }
}
