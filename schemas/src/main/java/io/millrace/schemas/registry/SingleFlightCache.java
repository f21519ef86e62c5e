package io.millrace.schemas.registry;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was loaded, up to a bound, and lets one thread load what several want at the same time. Failures are not
 * remembered. Safe for use by several threads at once.
 */
final class SingleFlightCache<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> entries = new ConcurrentHashMap<>();
    private final int bound;

    /** A cache of about that many entries; each further one drives out another. */
    SingleFlightCache(int bound) {
        this.bound = bound;
    }

    /** What is remembered for the key, or else what the loader returns; its exception goes to all who wait for it. */
    V get(K key, Function<K, V> loader) {
        while (true) {
            CompletableFuture<V> present = entries.get(key);
            if (present == null) {
                CompletableFuture<V> own = new CompletableFuture<>();
                present = entries.putIfAbsent(key, own);
                if (present == null) {
                    return load(key, own, loader);
                }
            }
            try {
                return present.join();
            } catch (CancellationException e) {
                // The thread that was to load it was interrupted, which is no concern of this one: it tries itself.
                continue;
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    private V load(K key, CompletableFuture<V> own, Function<K, V> loader) {
        try {
            V loaded = loader.apply(key);
            own.complete(loaded);
            evictBeyondBound(key);
            return loaded;
        } catch (RuntimeException | Error e) {
            entries.remove(key, own);
            if (Thread.currentThread().isInterrupted()) {
                own.cancel(false);
            } else {
                own.completeExceptionally(e);
            }
            throw e;
        }
    }

    private void evictBeyondBound(K newest) {
        // Any other entry will do: there are far fewer schemas than places, unless someone makes up ids.
        for (K key : entries.keySet()) {
            if (entries.size() <= bound) {
                return;
            }
            if (!key.equals(newest)) {
                entries.remove(key);
            }
        }
    }
}
