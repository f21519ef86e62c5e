package io.millrace.examples.liveupdates;

import io.millrace.client.ChangeFilter;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.StatusChange;
import io.millrace.client.StatusSubscription;
import io.millrace.client.UnknownPositionException;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Prints each change of some workflows, and stores after each how far it has come. While it is away things go on; when it is back it
 * reads on where it was, and has missed nothing.
 */
public final class LiveUpdates {
    private static final String QUEUE = "examples.liveupdates";

    private final MillraceClient client;
    private final Path position;
    private final String parcels = RunId.of("parcel");

    private LiveUpdates(MillraceClient client, Path position) {
        this.client = client;
        this.position = position;
    }

    /** Runs the example. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String servers = Arguments.bootstrapServers(args);
        Path position = Files.createTempFile("liveupdates", ".position");
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("parcel", String.class, (ctx, to) -> {
                            ctx.sleep(Duration.ofMillis(200));
                            return "delivered to " + to;
                        })
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            new LiveUpdates(client, position).run();
        } finally {
            Files.delete(position);
        }
    }

    private void run() throws InterruptedException {
        CountDownLatch delivered = new CountDownLatch(1);
        try (StatusSubscription updates = client.statusChanges(filter(), change -> print(change, delivered))) {
            // Stored before anything has happened, so that what happens before the first change comes is not missed
            // either.
            store(updates.position());
            send("Ada");
            delivered.await();
        }
        System.out.println("away");
        client.workflow(send("Bob"), String.class).result();
        System.out.println("back");
        CountDownLatch deliveredMeanwhile = new CountDownLatch(1);
        try (StatusSubscription updates =
                client.statusChanges(filter().after(stored()), change -> print(change, deliveredMeanwhile))) {
            deliveredMeanwhile.await();
            // Further on than the last change, if others have come that the filter does not let through.
            store(updates.position());
        } catch (UnknownPositionException e) {
            // Another cluster, or topics that were made anew: there is nothing to read on from.
            System.out.println("begin anew: " + e.getMessage());
        }
    }

    private ChangeFilter filter() {
        return ChangeFilter.all().type("parcel").idPrefix(parcels);
    }

    private String send(String to) {
        String id = parcels + "-to-" + to;
        client.start("parcel", to, String.class, StartOptions.workflowId(id).queue(QUEUE));
        return id;
    }

    /** Changes come one after the other, so nothing here need be thread-safe. */
    private void print(StatusChange change, CountDownLatch closed) {
        System.out.println(
                change.workflow().workflowId() + " is " + change.workflow().status());
        store(change.position());
        if (change.workflow().isClosed()) {
            closed.countDown();
        }
    }

    private void store(String reached) {
        try {
            Files.writeString(position, reached);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String stored() {
        try {
            return Files.readString(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
