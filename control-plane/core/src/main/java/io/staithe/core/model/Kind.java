package io.staithe.core.model;

/**
 * What kinds of object the store holds, with the folder of their keys. Beside each: who writes it. Where a user and the
 * control loop share a kind, expected revisions settle the race and the loser reads again.
 */
public enum Kind {
    /** Account-wide facts, such as the epoch of the store: the server at its first start. */
    SETTING("settings"),
    /** API credentials, encrypted: the server. */
    ACCESS_KEY("access-keys"),
    /** Who leads, on a lease: the leader. */
    LEADER("leader"),
    /** User. */
    CLUSTER("clusters"),
    /** The last revision number of a family, so that a number is never given twice: user. */
    FAMILY("families"),
    /** User. */
    TASK_DEFINITION("task-definitions"),
    /** User; the loop ends a draining one, and goes back to an earlier revision. */
    SERVICE("services"),
    /** Loop. */
    DEPLOYMENT("deployments"),
    /** Loop; created and asked to stop by RunTask and StopTask too. */
    TASK("tasks"),
    /** The first state with the task, by RunTask; then the loop; StopTask marks. */
    JOB("jobs"),
    /** User; the loop notes what became of its fire times. */
    SCHEDULE("schedules"),
    /** What the agent says of a task: the gateway. */
    TASK_REPORT("task-reports"),
    /** A host: the gateway at registration, user for draining, loop for loss. */
    INSTANCE("instances"),
    /** User. */
    HOST_GROUP("host-groups"),
    /** User. */
    CAPACITY_PROVIDER("capacity-providers"),
    /** A host that is bought, and its end: loop. */
    PROVISIONED_HOST("provisioned-hosts"),
    /** What the capacity planner of a cluster remembers: loop. */
    CAPACITY_STATUS("capacity"),
    /** What a provider says of such a host: the leader's driver of providers. */
    HOST_REPORT("host-reports"),
    /** A host's live connection, on its gateway's lease: the gateway. */
    SESSION("sessions"),
    /** User. */
    LOAD_BALANCER("load-balancers"),
    /** User. */
    LISTENER("listeners"),
    /** User. */
    RULE("rules"),
    /** User. */
    TARGET_GROUP("target-groups"),
    /** What an edge host says of a target: the gateway. */
    TARGET_HEALTH("target-health"),
    /** User. */
    ALARM("alarms"),
    /** What the mover of a cluster remembers: loop. */
    REBALANCING("rebalancing"),
    /** Explanations on their way to the history database, which removes them: whoever commits. */
    EVENT("events"),
    /** What tasks and hosts have used, on its way to the history database, which removes it: loop. */
    USAGE("usage");

    private final String folder;

    Kind(String folder) {
        this.folder = folder;
    }

    public String folder() {
        return folder;
    }
}
