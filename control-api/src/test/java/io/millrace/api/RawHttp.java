package io.millrace.api;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests as a browser may be made to send them, which a well-behaved client would not. */
final class RawHttp {
    private RawHttp() {}

    /** The whole answer to a request line and headers, lines as text, with an optional body after a blank line. */
    static String send(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String[] parts = request.split("\n\n", 2);
            String body = parts.length == 2 ? parts[1] : "";
            String length = body.isEmpty() ? "" : "\r\nContent-Length: " + body.length();
            String head = parts[0].strip().replace("\n", "\r\n");
            socket.getOutputStream()
                    .write((head + length + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The status of the answer. */
    static int status(int port, String request) throws IOException {
        return Integer.parseInt(send(port, request).split(" ", 3)[1]);
    }
}
