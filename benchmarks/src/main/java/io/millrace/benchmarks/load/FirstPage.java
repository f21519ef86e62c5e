package io.millrace.benchmarks.load;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowFilter;
import io.millrace.schemas.WorkflowStatus;

/** How the first page of what waits on a queue is asked for. */
interface FirstPage {
    /** The newest that wait, as the listing of workflows has them. */
    FirstPage NEWEST = new FirstPage() {
        @Override
        public String what() {
            return "first page of those that wait (newest first)";
        }

        @Override
        public int ask(MillraceClient client, String queue) {
            WorkflowFilter waiting = WorkflowFilter.all().queue(queue).status(WorkflowStatus.ENQUEUED);
            return client.list(waiting).workflows().size();
        }
    };

    /** What it is, for the report. */
    String what();

    /** Asks, and says how many there were. */
    int ask(MillraceClient client, String queue);
}
