package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.ForksAnswer;
import io.millrace.schemas.GetHistory;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetValue;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.HistoryAnswer;
import io.millrace.schemas.ListForks;
import io.millrace.schemas.Query;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.ValueAnswer;
import io.millrace.schemas.WorkflowAnswer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the engine about single workflows. Thread-safe. */
final class WorkflowQueries {
    /** How many things one query asks for where all are wanted. */
    private static final int PAGE = 200;

    private final EngineConnection connection;
    private final Duration requestTimeout;
    private final Timing timing;

    WorkflowQueries(EngineConnection connection, MillraceClientBuilder settings) {
        this.connection = connection;
        this.requestTimeout = settings.requestTimeout;
        this.timing = settings.timing;
    }

    CompletableFuture<Optional<WorkflowDescription>> describe(String workflowId) {
        return ask(workflowId, query -> query.setGetWorkflow(new GetWorkflow(workflowId)), answer -> {
            WorkflowAnswer found = part(answer.getWorkflow(), answer);
            return Optional.ofNullable(found.getWorkflow())
                    .map(state -> new WorkflowDescription(state, EncodedPayload.of(found.getInput())));
        });
    }

    /** All steps; those beyond the first page are asked for as the stream is read. */
    Stream<StepDescription> allSteps(String workflowId, UntilKnown untilKnown) {
        StepPage first = Futures.await(untilKnown.call(() -> steps(workflowId, 1, PAGE)));
        return pages(
                        first,
                        page -> page.nextSeq().isPresent()
                                ? Optional.of(steps(workflowId, page.nextSeq().getAsInt(), PAGE))
                                : Optional.empty())
                .flatMap(page -> page.steps().stream());
    }

    CompletableFuture<StepPage> steps(String workflowId, int fromSeq, int limit) {
        return ask(workflowId, query -> query.setGetSteps(new GetSteps(workflowId, fromSeq, limit)), answer -> {
            StepsAnswer found = part(answer.getSteps(), answer);
            checkFound(found.getFound(), workflowId);
            Integer next = found.getNextSeq();
            return new StepPage(
                    found.getSteps().stream().map(StepDescription::new).toList(),
                    next == null ? OptionalInt.empty() : OptionalInt.of(next));
        });
    }

    /** The whole history; what is beyond the first page is asked for as the stream is read. */
    Stream<HistoryEvent> allHistory(String workflowId, UntilKnown untilKnown) {
        HistoryPage first = Futures.await(untilKnown.call(() -> history(workflowId, 1, PAGE)));
        return pages(
                        first,
                        page -> page.nextNumber().isPresent()
                                ? Optional.of(
                                        history(workflowId, page.nextNumber().getAsLong(), PAGE))
                                : Optional.empty())
                .flatMap(page -> page.events().stream());
    }

    CompletableFuture<HistoryPage> history(String workflowId, long fromNumber, int limit) {
        return ask(workflowId, query -> query.setGetHistory(new GetHistory(workflowId, fromNumber, limit)), answer -> {
            HistoryAnswer found = part(answer.getHistory(), answer);
            checkFound(found.getFound(), workflowId);
            Long next = found.getNextNumber();
            return new HistoryPage(
                    found.getEntries().stream().flatMap(HistoryFacts::of).toList(),
                    next == null ? OptionalLong.empty() : OptionalLong.of(next));
        });
    }

    /** All forks; those beyond the first page are asked for as the stream is read. */
    Stream<ForkDescription> allForks(String workflowId, UntilKnown untilKnown) {
        ForkPage first = Futures.await(untilKnown.call(() -> forks(workflowId, Optional.empty(), PAGE)));
        return pages(first, page -> page.nextCursor().map(next -> forks(workflowId, Optional.of(next), PAGE)))
                .flatMap(page -> page.forks().stream());
    }

    CompletableFuture<ForkPage> forks(String workflowId, Optional<String> cursor, int limit) {
        @Nullable ByteBuffer from = cursor.map(WorkflowQueries::decoded).orElse(null);
        return ask(workflowId, query -> query.setListForks(new ListForks(workflowId, from, limit)), answer -> {
            ForksAnswer found = part(answer.getForks(), answer);
            checkFound(found.getFound(), workflowId);
            return new ForkPage(
                    found.getForks().stream()
                            .map(fork -> new ForkDescription(
                                    fork.getWorkflowId(), fork.getStartStep(), Instant.ofEpochMilli(fork.getAtMs())))
                            .toList(),
                    Optional.ofNullable(found.getNextCursor()).map(WorkflowQueries::encoded));
        });
    }

    /** Asks again until the value is set, or cannot be set any more because the workflow is closed, or the time is over. */
    CompletableFuture<Optional<EncodedPayload>> value(String workflowId, String key, Duration wait) {
        CompletableFuture<ValueAnswer> last = Repetition.until(
                () -> askValue(workflowId, key), answer -> answer.getIsSet() || answer.getClosed(), wait, timing);
        return Futures.cancelling(last, last.thenApply(WorkflowQueries::valueOf));
    }

    private CompletableFuture<ValueAnswer> askValue(String workflowId, String key) {
        MessageOptions.checkKey("key", key);
        return ask(workflowId, query -> query.setGetValue(new GetValue(workflowId, key)), answer -> {
            ValueAnswer found = part(answer.getValue(), answer);
            checkFound(found.getFound(), workflowId);
            return found;
        });
    }

    private static Optional<EncodedPayload> valueOf(ValueAnswer answer) {
        return Optional.ofNullable(EncodedPayload.of(answer.getValue()));
    }

    private static <P> Stream<P> pages(P first, Function<P, Optional<CompletableFuture<P>>> next) {
        return Stream.iterate(
                        Optional.of(first),
                        Optional::isPresent,
                        page -> page.flatMap(next).map(Futures::await))
                .flatMap(Optional::stream);
    }

    private <T> CompletableFuture<T> ask(String workflowId, Consumer<Query> question, Function<Answer, T> read) {
        Query query = new Query();
        query.setQueryId("");
        question.accept(query);
        CompletableFuture<Answer> answer = connection.ask(connection.partitionOf(workflowId), query, requestTimeout);
        return Futures.cancelling(answer, answer.thenApply(read));
    }

    private static void checkFound(boolean found, String workflowId) {
        if (!found) {
            throw new WorkflowNotFoundException(workflowId);
        }
    }

    private static <T> T part(@Nullable T part, Answer answer) {
        if (part == null) {
            throw new MillraceException("the engine could not answer: "
                    + Optional.ofNullable(answer.getError()).orElse("its answer is empty"));
        }
        return part;
    }

    private static String encoded(ByteBuffer cursor) {
        byte[] bytes = new byte[cursor.remaining()];
        cursor.duplicate().get(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ByteBuffer decoded(String cursor) {
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("\"" + cursor + "\" is no cursor of a list", notBase64);
        }
    }
}
