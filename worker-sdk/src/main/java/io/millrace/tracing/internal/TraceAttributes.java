package io.millrace.tracing.internal;

import io.opentelemetry.api.common.AttributeKey;

/** What Millrace's spans say. OpenTelemetry has no conventions for workflows, so the names are our own; docs/handbook/tracing.md lists them. */
public final class TraceAttributes {
    public static final AttributeKey<String> WORKFLOW_ID = AttributeKey.stringKey("millrace.workflow.id");
    public static final AttributeKey<String> WORKFLOW_TYPE = AttributeKey.stringKey("millrace.workflow.type");
    public static final AttributeKey<Long> WORKFLOW_EPOCH = AttributeKey.longKey("millrace.workflow.epoch");
    public static final AttributeKey<Long> WORKFLOW_RUN = AttributeKey.longKey("millrace.workflow.run");
    public static final AttributeKey<Long> WORKFLOW_RECOVERIES = AttributeKey.longKey("millrace.workflow.recoveries");
    public static final AttributeKey<Boolean> WORKFLOW_EXISTING = AttributeKey.booleanKey("millrace.workflow.existing");
    public static final AttributeKey<String> FORKED_FROM = AttributeKey.stringKey("millrace.workflow.forked_from");
    public static final AttributeKey<String> QUEUE = AttributeKey.stringKey("millrace.queue");
    public static final AttributeKey<String> WORKER_ID = AttributeKey.stringKey("millrace.worker.id");
    public static final AttributeKey<String> APPLICATION_VERSION =
            AttributeKey.stringKey("millrace.application.version");
    public static final AttributeKey<String> EXECUTION_END = AttributeKey.stringKey("millrace.execution.end");
    public static final AttributeKey<Long> STEP_SEQ = AttributeKey.longKey("millrace.step.seq");
    public static final AttributeKey<String> STEP_NAME = AttributeKey.stringKey("millrace.step.name");
    public static final AttributeKey<Long> STEP_ATTEMPT = AttributeKey.longKey("millrace.step.attempt");
    public static final AttributeKey<Boolean> STEP_GIVEN_UP = AttributeKey.booleanKey("millrace.step.given_up");

    /** Of OpenTelemetry's conventions for exceptions. */
    public static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");

    public static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    public static final AttributeKey<String> EXCEPTION_STACK_TRACE = AttributeKey.stringKey("exception.stacktrace");

    private TraceAttributes() {}
}
