package io.millrace.schemas.registry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightCacheTest {
    private final SingleFlightCache<Integer, String> cache = new SingleFlightCache<>(10);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();
    private final CountDownLatch loading = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private String slowly(int key) {
        loads.incrementAndGet();
        loading.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return "loaded " + key;
    }

    @Test
    void shouldLoadOnceForAllWhoWant() throws Exception {
        List<Future<String>> wanted = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            wanted.add(threads.submit(() -> cache.get(1, this::slowly)));
        }
        loading.await();
        released.countDown();

        for (Future<String> one : wanted) {
            assertEquals("loaded 1", one.get());
        }
        assertEquals(1, loads.get());
    }

    @Test
    void shouldNotRememberAFailure() {
        assertThrows(
                IllegalArgumentException.class,
                () -> cache.get(1, key -> {
                    throw new IllegalArgumentException("first");
                }));

        assertEquals("second", cache.get(1, key -> "second"));
    }

    @Test
    void shouldLetAnotherThreadLoadWhenTheOneThatDidIsInterrupted() throws Exception {
        FutureTask<String> first = new FutureTask<>(() -> cache.get(1, this::slowly));
        Thread loader = new Thread(first);
        loader.start();
        loading.await();
        FutureTask<String> second = new FutureTask<>(() -> cache.get(1, key -> "by another"));
        Thread waiter = new Thread(second);
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.WAITING);

        loader.interrupt();

        assertEquals("by another", second.get());
        assertThrows(Exception.class, first::get);
    }

    @Test
    void shouldHoldNoMoreThanItsBound() {
        for (int key = 0; key < 100; key++) {
            cache.get(key, k -> "first");
        }

        int remembered = 0;
        for (int key = 0; key < 100; key++) {
            remembered += cache.get(key, k -> "again").equals("first") ? 1 : 0;
        }
        assertTrue(remembered <= 10, "remembered " + remembered);
    }
}
