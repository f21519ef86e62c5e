package io.millrace.benchmarks.compare.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;

/** The workflow that is measured. */
public final class StepsWorkflow implements Steps {
    static final String NAME = "steps";

    private final DBOS dbos;

    StepsWorkflow(DBOS dbos) {
        this.dbos = dbos;
    }

    @Override
    @Workflow(name = NAME)
    public String steps(int number, String payload) {
        String last = "";
        for (int i = 1; i <= number; i++) {
            last = dbos.runStep(() -> payload, "step-" + i);
        }
        return last;
    }
}
