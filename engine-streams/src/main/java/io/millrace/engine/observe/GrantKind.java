package io.millrace.engine.observe;

/** Why a workflow was given to a worker. */
public enum GrantKind {
    /** It had not run before. */
    START,
    /** It goes on: after a wait, a pause or a resume, or because the worker was lost that had it. */
    RESUMPTION,
    /** A client started it in its worker's own process; it never waited for a worker. */
    EAGER
}
