package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/**
 * When a deployment that does not arrive counts as failed.
 *
 * @param progressSeconds longest time without a task becoming healthy or a stage being left, 10 to 86,400; absent: any
 * @param totalSeconds longest time altogether, bake times and hooks included, 10 to 604,800; absent: any
 * @param rollback whether the last completed deployment comes back then
 */
public record DeploymentDeadline(
        @Nullable Integer progressSeconds, @Nullable Integer totalSeconds, boolean rollback) {
    public DeploymentDeadline {
        Check.range(progressSeconds, 10, 86_400, "progressSeconds");
        Check.range(totalSeconds, 10, 604_800, "totalSeconds");
        Check.that(
                progressSeconds != null || totalSeconds != null,
                "deploymentDeadline",
                "needs progressSeconds or totalSeconds");
    }
}
