package io.millrace.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the web console, read from the class path when they are first asked for and kept: they are a few hundred kilobytes.
 * Safe for use by many threads.
 */
final class ConsoleFiles {
    /** The page that everything else is loaded by. */
    static final String INDEX = "index.html";

    private static final String ROOT = "/io/millrace/console/";

    private static final String VENDOR = "vendor/";

    /** Longer than the longest by far. The pattern for names recurses, and what asks for a file may be anybody. */
    private static final int MAX_NAME_CHARS = 100;

    /** What a file may be called: whatever has dots elsewhere, or climbs, is none. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*\\.([a-z]+)");

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, ConsoleFile> files = new ConcurrentHashMap<>();
    private final Properties vendor = vendor();

    /**
     * A file and what HTTP says of it.
     *
     * @param etag changes with the content
     */
    record ConsoleFile(byte[] content, String contentType, String etag) {}

    /** The file of this name, relative to the console's root. */
    Optional<ConsoleFile> find(String name) {
        ConsoleFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ConsoleFile> found = read(name);
        found.ifPresent(file -> files.put(name, file));
        return found;
    }

    /**
     * The one inline script of the console, its import map, as content security policies name it: {@code sha256-…}.
     *
     * @throws IllegalStateException if the page has none
     */
    String importMapHash() {
        String page = new String(find(INDEX).orElseThrow().content(), StandardCharsets.UTF_8);
        Matcher map = IMPORT_MAP.matcher(page);
        if (!map.find()) {
            throw new IllegalStateException("the console's " + INDEX + " has no import map");
        }
        byte[] hash = sha256(map.group(1).getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(hash);
    }

    private Optional<ConsoleFile> read(String name) {
        if (name.length() > MAX_NAME_CHARS) {
            return Optional.empty();
        }
        Matcher parts = NAME.matcher(name);
        String contentType = parts.matches() ? CONTENT_TYPES.get(parts.group(2)) : null;
        String place = contentType == null ? null : place(name);
        if (contentType == null || place == null) {
            return Optional.empty();
        }
        try (InputStream resource = ConsoleFiles.class.getResourceAsStream(place)) {
            if (resource == null) {
                return Optional.empty();
            }
            byte[] content = resource.readAllBytes();
            String etag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(content)) + '"';
            return Optional.of(new ConsoleFile(content, contentType, etag));
        } catch (IOException e) {
            throw new UncheckedIOException("the console's file " + name + " cannot be read", e);
        }
    }

    private @Nullable String place(String name) {
        if (!name.startsWith(VENDOR)) {
            return ROOT + name;
        }
        String inArchive = vendor.getProperty(name.substring(VENDOR.length()));
        return inArchive == null ? null : "/" + inArchive;
    }

    private static Properties vendor() {
        Properties vendor = new Properties();
        try (InputStream list = ConsoleFiles.class.getResourceAsStream(ROOT + "vendor.properties")) {
            if (list == null) {
                throw new IllegalStateException("the console's list of libraries is not on the class path");
            }
            vendor.load(list);
        } catch (IOException e) {
            throw new UncheckedIOException("the console's list of libraries cannot be read", e);
        }
        return vendor;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
