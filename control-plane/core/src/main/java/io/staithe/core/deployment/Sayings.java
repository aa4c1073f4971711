package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Service;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;

/** What a service says of itself, in ECS's words where it has some. */
final class Sayings {
    private final Service service;
    private final Plan.Builder plan;

    Sayings(Service service, Plan.Builder plan) {
        this.service = service;
        this.plan = plan;
    }

    void say(String code, String message) {
        plan.because(
                new Reason(service.key(), service.id(), null, code, "(service " + service.name() + ") " + message));
    }

    String about(Deployment deployment) {
        return "(deployment ecs-svc/" + deployment.id() + ")";
    }

    String inProgress(Deployment deployment) {
        return "ECS deployment ecs-svc/" + deployment.id() + " in progress.";
    }
}
