package io.millrace.standalone.upgrade;

import io.millrace.standalone.crash.WorkerProgram;

/** A worker for {@link ScriptedWorkflow}, in a process of its own, on the libraries of either build. */
public final class ScriptedWorker {
    private ScriptedWorker() {}

    /** See {@link WorkerProgram#run}. */
    public static void main(String[] args) throws InterruptedException {
        WorkerProgram.run(
                args,
                (builder, type, directory, workerId) ->
                        builder.workflow(type, String.class, new ScriptedWorkflow(directory, workerId)));
    }
}
