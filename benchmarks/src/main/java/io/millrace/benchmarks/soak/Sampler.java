package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.Periodic;
import io.millrace.benchmarks.process.ProcessFigures;
import io.millrace.benchmarks.process.ProcessStatus;
import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowCounts;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowStatuses;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Looks at all processes, topics and stores every ten seconds, and once a minute at what is left when garbage is collected. */
final class Sampler implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** A full collection stops a process for a part of a second: often enough for a slope, too seldom to be felt. */
    private static final int LOOKS_PER_COLLECTION = 6;

    private final ProcessCluster cluster;
    private final JavaProcess worker;
    private final MillraceClient client;
    private final KafkaLook kafka;
    private final Troubles troubles;
    private final boolean purges;
    private final SeriesRecorder recorder = new SeriesRecorder();
    private final Periodic timer = new Periodic("sampler");
    private long looks;

    /**
     * A sampler, which is yet to begin.
     *
     * @param parts what is looked at
     * @param troubles is told what could not be looked at
     * @param purges whether finished workflows go: where they stay, what is kept of them grows, and is shown alone
     */
    Sampler(Parts parts, Troubles troubles, boolean purges) {
        this.cluster = parts.cluster();
        this.worker = parts.worker();
        this.client = parts.client();
        this.kafka = parts.kafka();
        this.troubles = troubles;
        this.purges = purges;
    }

    /** What is looked at. */
    record Parts(ProcessCluster cluster, JavaProcess worker, MillraceClient client, KafkaLook kafka) {}

    void begin() {
        timer.nowAndEach(EVERY, this::look);
    }

    SeriesRecorder recorder() {
        return recorder;
    }

    private void look() {
        try {
            boolean collect = looks++ % LOOKS_PER_COLLECTION == 0;
            cluster.processes().forEach(process -> lookAt(process, collect));
            lookAt(worker, collect);
            lookAtThis(collect);
            lookAtKafka(collect);
            lookAtWorkflows();
        } catch (ExecutionException | IOException | RuntimeException e) {
            troubles.add("a look at the processes failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAt(JavaProcess process, boolean collect) {
        lookAt(process.name(), process.pid());
        if (collect) {
            record(process.name(), process.figures());
        }
    }

    private void lookAtThis(boolean collect) {
        lookAt("client", ProcessHandle.current().pid());
        if (collect) {
            record("client", ProcessFigures.here());
        }
    }

    private void lookAt(String name, long pid) {
        // What the engine keeps of each workflow is in its memory, too.
        boolean keeps = name.equals("engine");
        ProcessStatus.of(pid).ifPresent(status -> {
            recorder.bytes(name + ": resident", ofKept(Tolerance.RESIDENT, keeps), status.residentBytes());
            recorder.count(name + ": threads", Tolerance.THREADS, status.threads());
            recorder.count(name + ": open files", Tolerance.OPEN_FILES, status.openFiles());
        });
    }

    private void record(String name, Map<String, Double> figures) {
        boolean keeps = name.equals("engine");
        figures.forEach((figure, bytes) -> {
            switch (figure) {
                case ProcessFigures.HEAP_BYTES ->
                    recorder.bytes(name + ": heap after collection", ofKept(Tolerance.HEAP, keeps), bytes);
                case ProcessFigures.NON_HEAP_BYTES ->
                    recorder.bytes(name + ": classes and code", Tolerance.HEAP, bytes);
                case ProcessFigures.BUFFER_BYTES ->
                    recorder.bytes(name + ": buffers outside of the heap", Tolerance.HEAP, bytes);
                // Has a bound of its own, up to which it may grow.
                case ProcessFigures.ROCKS_DB_BYTES -> recorder.bytes(name + ": RocksDB", Tolerance.SHOWN, bytes);
                default -> throw new IllegalStateException("a process says " + figure + ", which is not known here");
            }
        });
    }

    private void lookAtKafka(boolean producers) throws ExecutionException, InterruptedException {
        for (Map.Entry<String, Long> topic : kafka.topicBytes().entrySet()) {
            boolean keeps = topic.getKey().matches(".*\\.(status|commands|engine-state-changelog)");
            recorder.bytes("topic " + topic.getKey(), ofKept(Tolerance.DISK, keeps), topic.getValue());
        }
        recorder.count("kafka: transactional ids", Tolerance.TRANSACTIONAL_IDS, kafka.transactionalIds());
        if (producers) {
            KafkaLook.Producers known = kafka.producers();
            recorder.count("kafka: hanging transactions", Tolerance.SHOWN, known.hanging());
            if (known.hanging() > 0) {
                // One is enough: whoever reads committed comes no further.
                troubles.add("transactions hang that nobody will end");
            }
            recorder.count("kafka: producers it remembers (for a day)", Tolerance.SHOWN, known.known());
        }
    }

    private void lookAtWorkflows() throws IOException {
        WorkflowCounts counts = client.count(WorkflowFilter.all());
        recorder.count("workflows: kept", ofKept(Tolerance.WORKFLOWS, true), counts.total());
        recorder.count("workflows: open", Tolerance.WORKFLOWS, open(counts));
        recorder.bytes("engine: stores on disk", ofKept(Tolerance.DISK, true), bytesIn(cluster.engineState()));
    }

    private static long open(WorkflowCounts counts) {
        return counts.byStatus().entrySet().stream()
                .filter(each -> !WorkflowStatuses.isClosed(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Tolerance ofKept(Tolerance tolerance, boolean keepsWorkflows) {
        return keepsWorkflows && !purges ? tolerance.unjudged() : tolerance;
    }

    /** Files that go meanwhile are not counted. */
    private static long bytesIn(Path directory) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    /** Looks no more. */
    @Override
    public void close() {
        timer.close();
    }
}
