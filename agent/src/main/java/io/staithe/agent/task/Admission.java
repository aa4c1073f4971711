package io.staithe.agent.task;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.FargateLimits;
import io.staithe.core.model.Invalid;
import java.util.Optional;

/** What a host that is for Fargate does not run, whoever asks: by the rules that the control plane has already applied. */
final class Admission {
    private Admission() {}

    /** Why not; empty: it may run. */
    static Optional<String> refusal(AssignedTask assigned) {
        try {
            FargateLimits.checkOnHost(assigned.definition());
            return Optional.empty();
        } catch (Invalid refused) {
            return Optional.of(
                    "ResourceInitializationError: this host runs tasks on Fargate only: " + refused.getMessage());
        }
    }
}
