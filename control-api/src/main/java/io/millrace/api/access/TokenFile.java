package io.millrace.api.access;

import io.millrace.api.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a file, a line each; blank lines and such that begin with {@code #} are left out. The file is read again when it has changed,
 * so tokens are given and taken without a restart. A new version that cannot be read is logged, and the one before counts.
 */
final class TokenFile implements Authenticator {
    /** How soon a change counts. The whole file is compared, because times of files are too coarse to rely on. */
    static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    /** Each is compared at each request; ten thousand take less than a millisecond. */
    static final int MAX_TOKENS = 10_000;

    /** Far more than so many lines have; a larger file is another one. */
    private static final long MAX_FILE_BYTES = 4L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    private final Path file;
    private final LongSupplier nanos;
    private final AtomicLong lookedAtNanos;
    private volatile String text;
    private volatile List<Known> tokens;
    private volatile @Nullable String lastComplaint;

    private record Known(byte[] hash, Principal holder) {}

    private TokenFile(Path file, LongSupplier nanos, String text, List<Known> tokens) {
        this.file = file;
        this.nanos = nanos;
        this.text = text;
        this.tokens = tokens;
        this.lookedAtNanos = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Reads the file for the first time.
     *
     * @param nanos the time, as {@link System#nanoTime}
     * @throws IllegalArgumentException if it cannot be read; the message names the file and the line
     */
    static TokenFile open(Path file, LongSupplier nanos) {
        try {
            String text = read(file);
            return new TokenFile(file, nanos, text, parse(file, text));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the tokens file " + file + " cannot be read (" + e
                            + "): make one with \"millrace token create --name alice --role admin --file " + file
                            + "\"",
                    e);
        }
    }

    @Override
    public Optional<Principal> authenticate(String token) {
        lookAgain();
        byte[] hash = ApiToken.hashOf(token);
        Principal holder = null;
        for (Known known : tokens) {
            // No early end: how long it takes is not to say which one it was.
            holder = MessageDigest.isEqual(known.hash, hash) ? known.holder : holder;
        }
        return Optional.ofNullable(holder);
    }

    private void lookAgain() {
        long last = lookedAtNanos.get();
        long now = nanos.getAsLong();
        if (now - last < LOOK_AGAIN_NANOS || !lookedAtNanos.compareAndSet(last, now)) {
            return;
        }
        try {
            String found = read(file);
            if (!found.equals(text)) {
                tokens = parse(file, found);
                text = found;
                LOG.info("the tokens file {} has changed: {} tokens", file, tokens.size());
            }
            lastComplaint = null;
        } catch (IOException | IllegalArgumentException e) {
            complain(e instanceof IOException ? file + " cannot be read: " + e : String.valueOf(e.getMessage()));
        }
    }

    /** Once for each thing that is wrong, and not at each request. */
    private void complain(String complaint) {
        if (!complaint.equals(lastComplaint)) {
            LOG.error("the tokens stay as they were: {}", complaint);
        }
        lastComplaint = complaint;
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static List<Known> parse(Path file, String text) {
        List<Known> all = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            try {
                add(TokenLine.parse(line), all);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(all);
    }

    private static void add(TokenLine line, List<Known> all) {
        byte[] hash = HexFormat.of().parseHex(line.hash());
        if (all.stream().anyMatch(other -> Arrays.equals(other.hash, hash))) {
            throw new IllegalArgumentException("the token is there already: remove one of the lines");
        }
        if (all.size() == MAX_TOKENS) {
            throw new IllegalArgumentException("there are more than " + MAX_TOKENS + " tokens");
        }
        Role role = line.role();
        all.add(new Known(hash, new Principal(line.name(), role, Principal.Authentication.TOKEN)));
    }
}
