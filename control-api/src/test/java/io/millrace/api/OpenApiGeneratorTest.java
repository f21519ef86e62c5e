package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** A client that a generator makes of the document compiles, and talks to the server. */
class OpenApiGeneratorTest extends ApiTest {
    private static final String PROGRAM = """
            package generated;

            import generated.api.QueuesApi;
            import generated.api.WorkflowsApi;
            import generated.model.QueueSettings;
            import generated.model.Start;
            import generated.model.Workflow;
            import java.util.List;
            import java.util.Map;
            import java.util.function.Function;

            public final class Program implements Function<String, String> {
                @Override
                public String apply(String url) {
                    try {
                        ApiClient client = new ApiClient();
                        client.updateBaseUri(url);
                        WorkflowsApi workflows = new WorkflowsApi(client);
                        Start start = new Start().name("checkout").workflowId("order 17/a").input(Map.of("n", 1));
                        Workflow started = workflows.startWorkflow(start, null);
                        int listed = workflows.listWorkflows(
                                        List.of("ENQUEUED"), null, null, null, null, null, null, null, null, "asc", 10, null)
                                .getItems()
                                .size();
                        Object input = workflows.getWorkflow("order 17/a").getInput();
                        Integer limit = new QueuesApi(client)
                                .setQueue("mail", new QueueSettings().concurrency(3), "alice")
                                .getConcurrency();
                        return started.getStatus() + " " + started.getCreatedAt() + " " + listed + " " + input + " " + limit;
                    } catch (ApiException e) {
                        return e.getCode() + " " + e.getResponseBody();
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void shouldMakeAClientThatWorks() throws Exception {
        Path document = Files.writeString(
                directory.resolve("openapi.json"), get("/openapi.json").body());
        Path sources = directory.resolve("client");
        generate(document, sources);
        Files.writeString(sources.resolve("src/main/java/generated/Program.java"), PROGRAM);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        compile(sources.resolve("src/main/java"), classes);

        assertEquals("ENQUEUED 2026-01-01T00:00Z 1 {n=1} 3", run(classes).apply("http://127.0.0.1:" + api.port()));
    }

    private static void generate(Path document, Path into) {
        CodegenConfigurator settings = new CodegenConfigurator()
                .setInputSpec(document.toString())
                .setGeneratorName("java")
                .setLibrary("native")
                .setOutputDir(into.toString())
                .setValidateSpec(true)
                .addAdditionalProperty("openApiNullable", "false")
                .addAdditionalProperty("useJakartaEe", "true")
                .addAdditionalProperty("invokerPackage", "generated")
                .addAdditionalProperty("apiPackage", "generated.api")
                .addAdditionalProperty("modelPackage", "generated.model");
        new DefaultGenerator().opts(settings.toClientOptInput()).generate();
    }

    private static void compile(Path sources, Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> java =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            StringWriter complaints = new StringWriter();
            List<String> options = List.of(
                    "-nowarn", "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertTrue(compiled, complaints.toString());
        }
    }

    @SuppressWarnings("unchecked") // The program says so.
    private static Function<String, String> run(Path classes) throws Exception {
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, OpenApiGeneratorTest.class.getClassLoader());
        return (Function<String, String>)
                loader.loadClass("generated.Program").getConstructor().newInstance();
    }
}
