package io.staithe.simulation;

import io.staithe.agent.container.Container;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.ImageName;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds of the images that really run, wherever tags have moved to. */
final class ImageCheckers {
    private ImageCheckers() {}

    /** Whoever gets requests, and every running task of a completed deployment, runs what the deployment has settled on. */
    static void runsWhatIsSettled(ClusterState state, List<Container> containers) {
        for (Container container : containers) {
            Task task = state.task(container.task()).orElse(null);
            if (task == null || container.isNetworkHolder() || !container.isAlive()) continue;
            Deployment deployment = Optional.ofNullable(task.deployment())
                    .flatMap(state::deployment)
                    .orElse(null);
            if (deployment == null || !isBound(task, deployment)) continue;
            Map<String, String> settled = deployment.revision().imageDigests();
            String runs = ImageName.digestOf(container.image()).orElse("a tag");
            if (!runs.equals(settled.get(container.name())))
                throw new Violation(
                        "one image for all tasks of a deployment",
                        task.id() + " of " + deployment.id() + " runs " + runs + " instead of " + settled);
        }
    }

    private static boolean isBound(Task task, Deployment deployment) {
        if (!task.isActive()) return false;
        boolean served = !task.loadBalancers().isEmpty() && !task.lastStatus().isBefore(LastStatus.ACTIVATING);
        boolean running = task.lastStatus() == LastStatus.RUNNING;
        return served || (running && deployment.rolloutState() == RolloutState.COMPLETED);
    }
}
