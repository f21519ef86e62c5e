package io.millrace.worker.internal.replay;

import io.millrace.schemas.Grant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts grants together that came in parts. One engine partition sends the parts of one grant after the other, so there is at most
 * one unfinished grant of each; what an aborted transaction left unfinished is dropped when the next one begins.
 */
public final class GrantParts {
    private final Map<Integer, List<Grant>> unfinished = new HashMap<>();

    /** The whole grant, when this was its last part. A part that does not follow the one before it is dropped. */
    public Optional<Grant> add(Grant part) {
        if (part.getParts() == 1) {
            unfinished.remove(part.getPartition());
            return Optional.of(part);
        }
        if (part.getPart() == 1) {
            unfinished.put(part.getPartition(), new ArrayList<>(List.of(part)));
            return Optional.empty();
        }
        List<Grant> parts = unfinished.get(part.getPartition());
        if (parts == null || !follows(parts.get(parts.size() - 1), part)) {
            unfinished.remove(part.getPartition());
            return Optional.empty();
        }
        parts.add(part);
        if (part.getPart() < part.getParts()) {
            return Optional.empty();
        }
        unfinished.remove(part.getPartition());
        return Optional.of(whole(parts));
    }

    private static boolean follows(Grant previous, Grant part) {
        return part.getWorkflowId().equals(previous.getWorkflowId())
                && part.getEpoch() == previous.getEpoch()
                && part.getNumber() == previous.getNumber()
                && Objects.equals(part.getCreditPartition(), previous.getCreditPartition())
                && part.getParts() == previous.getParts()
                && part.getPart() == previous.getPart() + 1;
    }

    private static Grant whole(List<Grant> parts) {
        Grant first = parts.get(0);
        first.setSteps(new ArrayList<>(first.getSteps()));
        first.setValues(new ArrayList<>(first.getValues()));
        for (Grant part : parts.subList(1, parts.size())) {
            first.getSteps().addAll(part.getSteps());
            first.getValues().addAll(part.getValues());
        }
        return first;
    }
}
