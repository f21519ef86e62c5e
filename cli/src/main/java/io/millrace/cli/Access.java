package io.millrace.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who the requests come from, and whom they trust.
 *
 * @param token what proves it; null where nothing does
 * @param issuer who it is for the history, where the server does not ask for a token
 * @param trust the certificates that an https server may have; null for those that Java trusts
 */
record Access(
        @Nullable String token, String issuer, @Nullable SSLSocketFactory trust) {
    /** The server takes no longer names. */
    private static final int MAX_ISSUER_CHARS = 100;

    /** What cannot be in a header. */
    private static final String NOT_PRINTABLE = "[^\\x20-\\x7e]";

    /** An operating system's user as the server takes names. */
    static String issuer(String user) {
        String printable = user.replaceAll(NOT_PRINTABLE, "?").strip();
        return printable.substring(0, Math.min(printable.length(), MAX_ISSUER_CHARS));
    }

    /**
     * The token in a file, without the line break at its end.
     *
     * @throws IllegalArgumentException if there is none that can be sent; the message says what to do, without the token
     */
    static String tokenIn(Path file) {
        try {
            return checked(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("the token file " + file + " cannot be read: " + e, e);
        }
    }

    /** As {@link #tokenIn}, of a text that comes from somewhere else. */
    static String checked(String text, String where) {
        String token = text.strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "there is no token in " + where + ": it must hold one word of printable characters");
        }
        return token;
    }

    /** Whether what is sent there can be read by others on its way. */
    static boolean isInTheOpen(URI server) {
        return "http".equals(server.getScheme()) && !isThisMachine(server.getHost());
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
