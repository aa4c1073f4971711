package io.staithe.core.model;

/** One revision of a task definition, written {@code family:revision}. Revisions count from 1. */
public record TaskDefinitionId(String family, int revision) implements Id, Comparable<TaskDefinitionId> {
    public TaskDefinitionId {
        Check.name(family, "family");
        Check.that(revision >= 1, "revision", "must be at least 1");
    }

    public static TaskDefinitionId of(String value) {
        int colon = value.lastIndexOf(':');
        Check.that(
                colon > 0 && value.substring(colon + 1).matches("[0-9]{1,9}"),
                "taskDefinition",
                "must be family:revision");
        return new TaskDefinitionId(value.substring(0, colon), Integer.parseInt(value.substring(colon + 1)));
    }

    @Override
    public String value() {
        return family + ":" + revision;
    }

    @Override
    public int compareTo(TaskDefinitionId other) {
        int byFamily = family.compareTo(other.family);
        return byFamily != 0 ? byFamily : Integer.compare(revision, other.revision);
    }

    @Override
    public String toString() {
        return value();
    }
}
