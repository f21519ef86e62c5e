package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.process.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL of its own: the binaries of the system's package, a new data directory, and a port of loopback that is free. */
final class Postgres {
    /** The superuser of the new cluster; on this system, whom it runs as when this program is root, which PostgreSQL refuses to be. */
    static final String USER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String BINARIES = "PG_BIN";

    private Postgres() {}

    /** Nothing when it can be run; else what is missing, and how to get it. */
    static Optional<String> missing() {
        if (binaries().isEmpty()) {
            return Optional.of("PostgreSQL's initdb and postgres are not in " + DEBIAN
                    + "/*/bin: apt-get install postgresql, or set " + BINARIES + " to the directory they are in");
        }
        if (root() && !hasUser()) {
            return Optional.of("PostgreSQL does not run as root, and there is no user \"" + USER
                    + "\": adduser --system " + USER + ", or run this as somebody else");
        }
        return Optional.empty();
    }

    static String version() {
        return binaries()
                .map(bin -> {
                    try {
                        return output(List.of(bin.resolve("postgres").toString(), "--version"));
                    } catch (IOException e) {
                        return "PostgreSQL of unknown version";
                    }
                })
                .orElse("no PostgreSQL");
    }

    /** Starts it with settings, each as {@code name=value}, and returns its port when it can be used. */
    static int start(Workspace workspace, List<String> settings) throws IOException, InterruptedException {
        Path bin = binaries().orElseThrow();
        Path data = Files.createDirectory(workspace.directory().resolve("postgres"));
        if (root()) {
            Files.setOwner(
                    data,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        output(asUser(List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--auth=trust",
                "--username=" + USER,
                "--encoding=UTF8",
                "--locale=C.UTF-8")));
        int port = Workspace.freePort();
        List<String> command = new ArrayList<>(List.of(
                bin.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + data));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        // An immediate shutdown: it ends its own processes and its shared memory, and what it has on disk is deleted
        // anyway.
        workspace.start("postgres", "QUIT", Map.of(), asUser(command));
        List<String> probe =
                List.of(bin.resolve("pg_isready").toString(), "--quiet", "--host=127.0.0.1", "--port=" + port);
        Readiness.await(
                "PostgreSQL", workspace, () -> new ProcessBuilder(probe).start().waitFor() == 0);
        return port;
    }

    /** The newest of those installed. */
    private static Optional<Path> binaries() {
        String given = System.getenv(BINARIES);
        if (given != null) {
            return Optional.of(Path.of(given)).filter(Postgres::complete);
        }
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(
                            Comparator.comparing((Path path) -> number(path)).reversed())
                    .map(version -> version.resolve("bin"))
                    .filter(Postgres::complete)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int number(Path version) {
        String digits = version.getFileName().toString().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static boolean complete(Path bin) {
        return Stream.of("initdb", "postgres", "pg_isready").allMatch(name -> Files.isExecutable(bin.resolve(name)));
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean hasUser() {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** setpriv and not su or runuser: it becomes the program, so that a signal reaches that. */
    private static List<String> asUser(List<String> command) {
        if (!root()) {
            return command;
        }
        List<String> changed =
                new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
        changed.addAll(command);
        return changed;
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " failed (exit code " + code + "): " + text);
        }
        return text;
    }
}
