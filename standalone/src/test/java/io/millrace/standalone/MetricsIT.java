package io.millrace.standalone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the handbook, the dashboard and the alerts against the scrape of a server that has done some work. */
class MetricsIT {
    private static final Path ROOT = Path.of("..");
    private static final Path HANDBOOK = ROOT.resolve("docs/handbook/observability.md");
    private static final Path DASHBOARD = ROOT.resolve("ops/grafana/millrace.json");
    private static final Path ALERTS = ROOT.resolve("ops/prometheus/millrace-alerts.yml");
    private static final Pattern DOCUMENTED =
            Pattern.compile("^\\| `(millrace_\\w+)` \\| (\\w+) \\|([^|]*)\\| .+ \\|$");
    private static final Pattern USED = Pattern.compile("\\b(?:millrace|jvm|process)_\\w+");
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int SCRAPES_AT_ONCE = 8;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static PartStack running;
    private static int port;

    @BeforeAll
    static void startAndWork() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        running = new PartStack();
        DevServer.start(
                new DevOptions(port, 0, directory, null, new Namespace("metrics"), true, Map.of()),
                new MillraceParts(),
                running);
        String steps = started("{\"name\": \"demo.steps\", \"input\": {\"steps\": 2}}");
        String checkout = started("{\"name\": \"demo.checkout\"}");
        await().atMost(PATIENCE).until(() -> isOver(steps) && isOver(checkout));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void shouldBeWhatTheHandbookSays() throws Exception {
        Map<String, Scrape.Family> documented = new TreeMap<>();
        for (String line : Files.readAllLines(HANDBOOK)) {
            Matcher row = DOCUMENTED.matcher(line);
            if (row.matches()) {
                Set<String> labels = new TreeSet<>();
                Pattern.compile("`(\\w+)`")
                        .matcher(row.group(3))
                        .results()
                        .forEach(label -> labels.add(label.group(1)));
                documented.put(row.group(1), new Scrape.Family(row.group(2), labels));
            }
        }
        Map<String, Scrape.Family> shown = new TreeMap<>();
        scrape().families().forEach((name, family) -> {
            if (name.startsWith("millrace_")) {
                shown.put(name, family);
            }
        });
        assertEquals(documented, shown);
    }

    @Test
    void shouldHaveAllThatTheDashboardShows() throws Exception {
        JsonNode dashboard = JSON.readTree(DASHBOARD.toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");
        assertFalse(expressions.isEmpty());
        expectAllShown(expressions);
        assertEquals("datasource", dashboard.at("/templating/list/0/name").asText());
        dashboard
                .findValues("datasource")
                .forEach(source ->
                        assertEquals("${datasource}", source.get("uid").asText()));
    }

    @Test
    void shouldHaveAllThatTheAlertsAreAbout() throws Exception {
        JsonNode rules = new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile());
        List<String> expressions = rules.findValuesAsText("expr");
        assertFalse(expressions.isEmpty());
        assertEquals(expressions.size(), rules.findValues("alert").size());
        expectAllShown(expressions);
    }

    @Test
    void shouldBeScrapedBySeveralAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
        for (int i = 0; i < SCRAPES_AT_ONCE; i++) {
            scrapes.add(HTTP.sendAsync(request("/metrics").build(), HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> scrape : scrapes) {
            assertEquals(200, scrape.get().statusCode());
            Scrape shown = Scrape.of(scrape.get().body());
            assertTrue(shown.samples()
                    .containsAll(List.of("millrace_engine_up", "millrace_grants_total", "jvm_threads_current")));
        }
    }

    private static void expectAllShown(List<String> expressions) {
        Set<String> samples = scrape().samples();
        Set<String> missing = new TreeSet<>();
        for (String expression : expressions) {
            Set<String> used = new TreeSet<>();
            USED.matcher(expression).results().forEach(name -> used.add(name.group()));
            assertFalse(used.isEmpty(), expression);
            used.stream().filter(name -> !samples.contains(name)).forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    private static String started(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                request("/api/v1/workflows")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(response.statusCode() < 300, response.body());
        return JSON.readTree(response.body()).get("workflowId").asText();
    }

    private static boolean isOver(String workflowId) throws IOException, InterruptedException {
        JsonNode workflow = JSON.readTree(get("/api/v1/workflows/" + workflowId));
        return !workflow.get("output").isNull() || !workflow.get("error").isNull();
    }

    /** On a machine that does other things a partition may not answer in time, and then its numbers are not there. */
    private static Scrape scrape() {
        String text = await().atMost(PATIENCE)
                .until(() -> get("/metrics"), shown -> shown.contains("\nmillrace_engine_up 1.0\n"));
        return Scrape.of(text);
    }

    private static String get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
