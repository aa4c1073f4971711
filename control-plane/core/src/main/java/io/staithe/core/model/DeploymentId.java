package io.staithe.core.model;

import java.util.regex.Pattern;

/**
 * A deployment's number. ECS shows it as {@code ecs-svc/NUMBER} on the deployment and as the last part of the service
 * revision's ARN; Terraform's provider relies on the two being the same number.
 */
public record DeploymentId(String value) implements Id, Comparable<DeploymentId> {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,19}");

    public DeploymentId {
        Check.that(FORM.matcher(value).matches(), "deployment", "must be 1 to 19 digits");
    }

    public static DeploymentId of(String value) {
        return new DeploymentId(value);
    }

    @Override
    public int compareTo(DeploymentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
