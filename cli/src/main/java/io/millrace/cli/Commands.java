package io.millrace.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * All commands by their words. Where the first words name one exactly, only that one is built: to build them all takes most of the time
 * that a short command has (ADR 0019). In all other cases, help and misspellings among them, all are there.
 */
final class Commands {
    private static final Map<String, Class<? extends Callable<Integer>>> WORKFLOW = new LinkedHashMap<>();
    private static final Map<String, Class<? extends Callable<Integer>>> QUEUE = new LinkedHashMap<>();
    private static final Map<String, Class<? extends Callable<Integer>>> WORKER = new LinkedHashMap<>();

    static {
        WORKFLOW.put("start", WorkflowStart.class);
        WORKFLOW.put("list", WorkflowList.class);
        WORKFLOW.put("count", WorkflowCount.class);
        WORKFLOW.put("get", WorkflowGet.class);
        WORKFLOW.put("steps", WorkflowSteps.class);
        WORKFLOW.put("result", WorkflowResult.class);
        WORKFLOW.put("history", WorkflowHistory.class);
        WORKFLOW.put("value", WorkflowValue.class);
        WORKFLOW.put("forks", WorkflowForks.class);
        WORKFLOW.put("tree", WorkflowTree.class);
        WORKFLOW.put("compare", WorkflowCompare.class);
        WORKFLOW.put("cancel", WorkflowCancel.class);
        WORKFLOW.put("terminate", WorkflowTerminate.class);
        WORKFLOW.put("pause", WorkflowPause.class);
        WORKFLOW.put("unpause", WorkflowUnpause.class);
        WORKFLOW.put("resume", WorkflowResume.class);
        WORKFLOW.put("rewind", WorkflowRewind.class);
        WORKFLOW.put("fork", WorkflowFork.class);
        WORKFLOW.put("priority", WorkflowPriority.class);
        WORKFLOW.put("move", WorkflowMove.class);
        WORKFLOW.put("message", WorkflowMessage.class);
        QUEUE.put("list", QueueList.class);
        QUEUE.put("get", QueueGet.class);
        QUEUE.put("set", QueueSet.class);
        QUEUE.put("workflows", QueueWorkflows.class);
        WORKER.put("list", WorkerList.class);
    }

    private static final List<String> GROUPS = List.of("workflow", "queue", "worker");

    private Commands() {}

    /** The commands of one group, by name. */
    static Map<String, Class<? extends Callable<Integer>>> of(String group) {
        return switch (group) {
            case "workflow" -> WORKFLOW;
            case "queue" -> QUEUE;
            case "worker" -> WORKER;
            default -> Map.of();
        };
    }

    /** Adds what these arguments may need. */
    static void addTo(CommandLine root, String... arguments) {
        String group = arguments.length > 0 ? arguments[0] : "";
        String name = arguments.length > 1 ? arguments[1] : "";
        Class<? extends Callable<Integer>> named = of(group).get(name);
        if (named != null) {
            root.addSubcommand(group, new CommandLine(group(group)).addSubcommand(name, named));
            return;
        }
        for (String any : GROUPS) {
            CommandLine commands = new CommandLine(group(any));
            of(any).forEach(commands::addSubcommand);
            root.addSubcommand(any, commands);
        }
        root.addSubcommand("completion", Completion.class).addSubcommand(CommandLine.HelpCommand.class);
    }

    private static Object group(String name) {
        return switch (name) {
            case "workflow" -> new WorkflowCommand();
            case "queue" -> new QueueCommand();
            default -> new WorkerCommand();
        };
    }
}
