package io.millrace.worker;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StepEnded;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.TrustedRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grants whose record is written as a table, a line for each step or value:
 *
 * <pre>
 * 1 step  charge COMPLETED "r-1"
 * 2 step  ship   RETRYING  attempts=1 due=1002000
 * 3 step  ship   FAILED    java.io.IOException boom
 * 4 sleep sleep  WAITING   due=1005000
 * 5 step  pack   RETRYING  attempts=0 heartbeat=17
 * 6 step  send   CANCELLED
 * 7 receive orders COMPLETED message=3 "hi"
 * 8 child  inner  WAITING id=w/8
 * value 1.0 uuid 6e1c...
 * </pre>
 */
final class Records {
    static {
        TrustedRecords.establish();
    }

    private Records() {}

    static Grant grant(String workflowId, long epoch, String table) {
        List<RecordedStep> steps = new ArrayList<>();
        List<RecordedValue> values = new ArrayList<>();
        table.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] words = line.split("\\s+", 5);
            if (words[0].equals("value")) {
                String[] position = words[1].split("\\.");
                values.add(new RecordedValue(
                        Integer.parseInt(position[0]), Integer.parseInt(position[1]), words[2], words[3]));
            } else {
                steps.add(step(words));
            }
        });
        return Grant.newBuilder()
                .setWorkflowId(workflowId)
                .setEpoch(epoch)
                .setPartition(0)
                .setNumber(epoch)
                .setWorkflowType("test")
                .setQueue("default")
                .setCreatedAtMs(0)
                .setSteps(steps)
                .setValues(values)
                .build();
    }

    /** What the worker is told of the end of a step, which is written as in a table. */
    static InboxMessage ended(String workflowId, long epoch, String line) {
        return InboxMessage.newBuilder()
                .setStepEnded(new StepEnded(workflowId, epoch, step(line.split("\\s+", 5))))
                .build();
    }

    /** A grant of a workflow that was cancelled, and was not told before. */
    static Grant cancelled(String workflowId, long epoch, String table) {
        Grant grant = grant(workflowId, epoch, table);
        grant.setCancel(notice());
        return grant;
    }

    /** A grant of a workflow that was told of its cancel at this point. */
    static Grant cancelled(String workflowId, long epoch, int afterStep, int point, String table) {
        Grant grant = cancelled(workflowId, epoch, table);
        grant.getCancel().setSurfacedAfterStep(afterStep);
        grant.getCancel().setSurfacedPoint(point);
        return grant;
    }

    static CancelNotice notice() {
        return new CancelNotice("ann", "changed her mind", null, 0);
    }

    private static RecordedStep step(String[] words) {
        String rest = words.length == 5 ? words[4] : "";
        Matcher mark = Pattern.compile("(id|message)=(\\S+) ?(.*)").matcher(rest);
        if (!mark.matches()) {
            return unmarked(words, rest);
        }
        RecordedStep step = unmarked(words, mark.group(3));
        if (mark.group(1).equals("id")) {
            step.setChildWorkflowId(mark.group(2));
        } else {
            step.setUnconfirmedMessage(Long.parseLong(mark.group(2)));
        }
        return step;
    }

    private static RecordedStep unmarked(String[] words, String rest) {
        StepStatus status = StepStatus.valueOf(words[3]);
        RecordedStep.Builder step = RecordedStep.newBuilder()
                .setSeq(Integer.parseInt(words[0]))
                .setKind(StepKind.valueOf(words[1].toUpperCase(Locale.ROOT)))
                .setName(words[2])
                .setStatus(status)
                .setAttempts(1);
        switch (status) {
            case COMPLETED -> step.setOutput(rest.isEmpty() ? null : json(rest));
            case FAILED -> {
                String[] failure = (rest + " ").split(" ", 2);
                step.setFailure(new Failure(failure[0], failure[1].strip(), null));
            }
            case CANCELLED -> {}
            case WAITING, RETRYING, UNKNOWN -> {
                for (String setting : rest.isEmpty() ? new String[0] : rest.split(" ")) {
                    String[] pair = setting.split("=");
                    if (pair[0].equals("due")) {
                        step.setDueAtMs(Long.parseLong(pair[1]));
                    } else if (pair[0].equals("heartbeat")) {
                        step.setHeartbeatDetails(json(pair[1]));
                    } else {
                        step.setAttempts(Integer.parseInt(pair[1]));
                    }
                }
            }
        }
        return step.build();
    }

    static Payload json(String text) {
        return new Payload("json", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
