package io.millrace.standalone.crash.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TcpProxyTest {
    private static final int PATIENCE_MS = 20_000;
    private static final int SILENCE_MS = 200;

    /** More than all buffers on the way together. */
    private static final int MUCH = 8 << 20;

    private final TcpProxy proxy = TcpProxy.start();
    private ServerSocket echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private Door door = proxy.open(() -> Optional.of(echo.getLocalPort()));

    TcpProxyTest() throws IOException {}

    @BeforeEach
    void startEcho() {
        Thread thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        echo.close();
    }

    @Test
    void shouldPassOnMoreThanItHolds() throws Exception {
        try (Socket socket = connect()) {
            byte[] sent = new byte[MUCH];
            sent[MUCH - 1] = 7;
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(socket, sent));
            byte[] received = new byte[MUCH];
            new DataInputStream(socket.getInputStream()).readFully(received);
            sending.join();
            assertEquals(7, received[MUCH - 1]);
        }
    }

    @Test
    void shouldBreakOffWhenCutAndTakeNewConnectionsAfterwards() throws Exception {
        try (Socket socket = connect()) {
            assertEquals(1, echoed(socket, 1));
            door.begin(Manner.CUT);
            assertThrows(IOException.class, () -> echoed(socket, 2));
            try (Socket refused = connect()) {
                assertThrows(IOException.class, () -> echoed(refused, 3));
            } catch (SocketException e) {
                // It may be reset as soon as that.
            }
            door.end(Manner.CUT);
        }
        try (Socket again = connect()) {
            assertEquals(4, echoed(again, 4));
        }
    }

    @Test
    void shouldSayNothingWhileSilentAndLoseNothing() throws Exception {
        try (Socket socket = connect()) {
            assertEquals(1, echoed(socket, 1));
            door.begin(Manner.SILENT);
            socket.setSoTimeout(SILENCE_MS);
            assertThrows(SocketTimeoutException.class, () -> echoed(socket, 2));
            socket.setSoTimeout(PATIENCE_MS);
            door.end(Manner.SILENT);
            assertEquals(2, new DataInputStream(socket.getInputStream()).readInt());
        }
    }

    @Test
    void shouldHoldBackWhenSlow() throws Exception {
        door.begin(Manner.SLOW);
        try (Socket socket = connect()) {
            long began = System.nanoTime();
            assertEquals(1, echoed(socket, 1));
            assertTrue(System.nanoTime() - began >= 2 * Door.DELAY.toNanos());
        }
    }

    @Test
    void shouldBeAsBadAsTheWorstTroubleUnderWay() {
        door.begin(Manner.SLOW);
        door.begin(Manner.CUT);
        door.begin(Manner.CUT);
        door.end(Manner.CUT);
        assertEquals(Manner.CUT, door.manner());
        door.end(Manner.CUT);
        assertEquals(Manner.SLOW, door.manner());
        door.end(Manner.SLOW);
        assertEquals(Manner.OPEN, door.manner());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static int echoed(Socket socket, int number) throws IOException {
        new DataOutputStream(socket.getOutputStream()).writeInt(number);
        return new DataInputStream(socket.getInputStream()).readInt();
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = echo.accept();
                Thread thread = new Thread(() -> echo(socket), "echo-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The other side has gone.
        }
    }
}
