package io.staithe.core.deployment;

import io.staithe.core.World;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.TaskDefinition;

/** A service called web whose deployments are looked at, and asked to do something. */
abstract class WebDeploymentCase {
    final World world = new World();

    /** Asks the deployment in progress, and lets everything come to rest. */
    void ask(DeploymentRequest.Action action) {
        world.put(world.service("web")
                .but()
                .deploymentRequest(new DeploymentRequest(primary().id(), action, world.now))
                .build());
        world.rest();
    }

    Deployment primary() {
        return world.state().deployment(world.service("web").deployment()).orElseThrow();
    }

    int running(TaskDefinition definition) {
        return (int) world.running("web").stream()
                .filter(task -> task.taskDefinition().equals(definition.id()))
                .count();
    }

    boolean said(String text) {
        return world.messages().stream().anyMatch(message -> message.contains(text));
    }
}
