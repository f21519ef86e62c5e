package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest extends ApiTest {
    @Test
    void shouldServeTheSameDocumentAtBothPlaces() throws Exception {
        String document = json(get("/openapi.json")).toString();

        assertEquals(document, json(send(request("/openapi.json").build())).toString());
    }

    @Test
    void shouldBeWhatParsersTake() throws Exception {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result =
                new OpenAPIV3Parser().readContents(get("/openapi.json").body(), List.of(), options);

        assertEquals(List.of(), result.getMessages());
        assertTrue(result.getOpenAPI().getPaths().size() > 30);
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() throws Exception {
        Set<String> described = new OpenApiDocument(get("/openapi.json").body()).operations();

        assertEquals(served(), described);
    }

    /** All routes but the console's own files. */
    private Set<String> served() {
        return api.endpoints().stream()
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .filter(endpoint -> !endpoint.path.equals("/") && !endpoint.path.startsWith("/console/"))
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
