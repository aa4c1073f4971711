package io.staithe.core.model;

/** Where an object lies in the store. Ordered by kind, then by id, so that a listing is deterministic. */
public record Key(Kind kind, String id) implements Comparable<Key> {
    public static Key cluster(String name) {
        return new Key(Kind.CLUSTER, name);
    }

    public static Key taskDefinition(TaskDefinitionId id) {
        return new Key(Kind.TASK_DEFINITION, id.value());
    }

    public static Key family(String family) {
        return new Key(Kind.FAMILY, family);
    }

    public static Key service(ServiceId id) {
        return new Key(Kind.SERVICE, id.value());
    }

    public static Key deployment(DeploymentId id) {
        return new Key(Kind.DEPLOYMENT, id.value());
    }

    public static Key task(TaskId id) {
        return new Key(Kind.TASK, id.value());
    }

    public static Key job(TaskId id) {
        return new Key(Kind.JOB, id.value());
    }

    public static Key schedule(String cluster, String name) {
        return new Key(Kind.SCHEDULE, cluster + "/" + name);
    }

    public static Key taskReport(TaskId id) {
        return new Key(Kind.TASK_REPORT, id.value());
    }

    public static Key instance(InstanceId id) {
        return new Key(Kind.INSTANCE, id.value());
    }

    public static Key hostGroup(String name) {
        return new Key(Kind.HOST_GROUP, name);
    }

    public static Key capacityProvider(String name) {
        return new Key(Kind.CAPACITY_PROVIDER, name);
    }

    public static Key capacityStatus(String cluster) {
        return new Key(Kind.CAPACITY_STATUS, cluster);
    }

    public static Key provisionedHost(InstanceId id) {
        return new Key(Kind.PROVISIONED_HOST, id.value());
    }

    public static Key hostReport(InstanceId id) {
        return new Key(Kind.HOST_REPORT, id.value());
    }

    public static Key session(InstanceId id) {
        return new Key(Kind.SESSION, id.value());
    }

    public static Key targetGroup(String name) {
        return new Key(Kind.TARGET_GROUP, name);
    }

    public static Key loadBalancer(String name) {
        return new Key(Kind.LOAD_BALANCER, name);
    }

    /** @param rule {@code LOADBALANCER:PORT} for a listener with its default action, {@code LOADBALANCER:PORT/PRIORITY} for a rule */
    public static Key listenerRule(String rule) {
        return new Key(rule.contains("/") ? Kind.RULE : Kind.LISTENER, rule);
    }

    public static Key alarm(String name) {
        return new Key(Kind.ALARM, name);
    }

    public static Key rebalancing(String cluster) {
        return new Key(Kind.REBALANCING, cluster);
    }

    /** {@code /tasks/0123...}: unique over all kinds. */
    public String path() {
        return "/" + kind.folder() + "/" + id;
    }

    @Override
    public int compareTo(Key other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return path();
    }
}
