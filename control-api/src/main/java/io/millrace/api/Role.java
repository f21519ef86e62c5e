package io.millrace.api;

import io.javalin.security.RouteRole;

/** What somebody may do; each role may also do what those before it may. */
public enum Role implements RouteRole {
    /** Nothing that says anything of workflows: the health, and the console's own files. Nobody need say who they are. */
    ANYONE,
    /** Look at everything. */
    VIEWER,
    /** Start workflows, and command them. */
    OPERATOR,
    /** Change the settings of queues. */
    ADMIN;

    /** Whether whoever has this role may do what needs the other one. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
