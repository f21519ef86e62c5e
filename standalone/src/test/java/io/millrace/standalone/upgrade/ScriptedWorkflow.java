package io.millrace.standalone.upgrade;

import io.millrace.standalone.crash.Effects;
import io.millrace.standalone.crash.Gates;
import io.millrace.worker.Child;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepContext;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.WorkflowContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does what its input says, word by word, and returns what came of each word: {@code "step; sleep PT2S; receive news"}. Whatever was on record when another
 * process goes on with it must be in its result.
 *
 * <p>It runs on the libraries of either build, and may use only what both have.
 */
final class ScriptedWorkflow implements Workflow<String, String> {
    /** The workflow type. */
    static final String TYPE = "upgrade.scripted";

    /** The step that runs when the workflow was cancelled. */
    static final String CLEAN_UP = "clean-up";

    /** Between the two attempts of {@code retry}; longer than an upgrade takes where nothing else is done meanwhile. */
    static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(12);

    private static final String BETWEEN_WORDS = "; ";

    /** What stands between the words of a child's script. */
    private static final String BETWEEN_WORDS_OF_CHILD = "+";

    private static final RetryPolicy ONCE_MORE =
            RetryPolicy.of(2).backoff(BETWEEN_ATTEMPTS, 1).jitter(0);

    private final Effects effects;
    private final Gates gates;
    private final Supplier<String> workerId;

    ScriptedWorkflow(Path directory, Supplier<String> workerId) {
        this.effects = new Effects(directory);
        this.gates = new Gates(directory);
        this.workerId = workerId;
    }

    @Override
    public String run(WorkflowContext ctx, String script) {
        List<Child<String>> children = new ArrayList<>();
        try {
            return Stream.of(script.split(BETWEEN_WORDS))
                    .map(words -> said(ctx, words, children))
                    .collect(Collectors.joining(BETWEEN_WORDS));
        } catch (WorkflowCancelledException e) {
            ctx.shielded(() -> ctx.step(CLEAN_UP, this::begin));
            throw e;
        }
    }

    private String said(WorkflowContext ctx, String words, List<Child<String>> children) {
        String word = words.split(" ", 2)[0];
        String rest = words.substring(word.length()).strip();
        return switch (word) {
            case "step" -> ctx.step(word, String.class, this::made);
            case "gate" -> ctx.step(word, String.class, this::madeAtGate);
            case "fail" -> ctx.step(word, String.class, RetryPolicy.NONE, this::madeUnlessGateIsClosed);
            case "retry" -> ctx.step(word, String.class, ONCE_MORE, this::madeAtSecondAttempt);
            case "uuid" -> ctx.uuid().toString();
            case "receive" -> ctx.receive(rest, String.class);
            case "await" -> children.stream().map(Child::result).collect(Collectors.joining(" and "));
            case "sleep" -> {
                ctx.sleep(Duration.parse(rest));
                yield "slept";
            }
            case "value" -> {
                ctx.setValue(rest, "of " + ctx.workflowId());
                yield "set";
            }
            case "child" -> {
                String script = rest.replace(BETWEEN_WORDS_OF_CHILD, BETWEEN_WORDS);
                children.add(ctx.child(TYPE, script, String.class));
                yield "began a child";
            }
            default -> throw new IllegalArgumentException("there is no word \"" + word + "\"");
        };
    }

    private void begin(StepContext step) throws IOException {
        effects.add(workerId.get(), step.workflowId(), step.seq());
    }

    /** Says which process made it, so that a result that was made again is another one. */
    private String made(StepContext step) throws IOException {
        begin(step);
        return "step " + step.seq() + " by " + ProcessHandle.current().pid();
    }

    private String madeAtGate(StepContext step) throws IOException {
        String made = made(step);
        gates.pass(step.workflowId());
        return made;
    }

    private String madeUnlessGateIsClosed(StepContext step) throws IOException {
        String made = made(step);
        if (!gates.isOpen(step.workflowId())) {
            throw new IOException("the gate is closed");
        }
        return made;
    }

    private String madeAtSecondAttempt(StepContext step) throws IOException {
        String made = made(step);
        if (step.attempt() == 1) {
            throw new IOException("the first attempt fails as asked");
        }
        return made;
    }
}
