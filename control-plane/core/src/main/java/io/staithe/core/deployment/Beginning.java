package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a deployment begins: what it takes over from, and on which side of the load balancer it is. */
final class Beginning {
    /** Who has all of the traffic, before who has arrived once, before who has most of it; the newest of those. */
    private static final Comparator<Deployment> SERVES_MOST = Comparator.<Deployment, Boolean>comparing(
                    deployment -> deployment.weight() == Deployment.WHOLE)
            .thenComparing(deployment -> deployment.rolloutState() == RolloutState.COMPLETED)
            .thenComparing(Deployment::weight)
            .thenComparing(Deployment::createdAt)
            .thenComparing(Deployment::id);

    private Beginning() {}

    /** Adds the deployment that {@code service} asks for; whatever is on its way gives the traffic back to who had it. */
    static Deployment begin(Service service, Drafts drafts, List<Task> tasks, List<String> ringing, Instant now) {
        Optional<Deployment> serving = serving(service, drafts, tasks);
        DeploymentStrategy strategy = service.deploymentConfiguration().strategyOrDefault();
        boolean takesOver = strategy.isStaged() && serving.isPresent();
        boolean side = serving.map(Deployment::alternate).orElse(false);
        Deployment begun = Deployment.of(service, now)
                .but()
                .source(takesOver ? serving.get().id() : null)
                .alternate((takesOver && service.shiftsTraffic()) ? !side : side)
                .weight(takesOver ? 0 : Deployment.WHOLE)
                .ignoredAlarms(ringing)
                .build();
        if (takesOver) drafts.put(serving.get().but().weight(Deployment.WHOLE).build());
        Deployment staged = new Stages(begun, service.deploymentConfiguration(), false)
                .first()
                .map(stage -> begun.but().stage(stage, now).build())
                .orElse(begun);
        drafts.put(staged);
        return staged;
    }

    private static Optional<Deployment> serving(Service service, Drafts drafts, List<Task> tasks) {
        return drafts.others(service.deployment())
                .filter(deployment -> hasTasks(deployment, tasks))
                .max(SERVES_MOST);
    }

    private static boolean hasTasks(Deployment deployment, List<Task> tasks) {
        return tasks.stream()
                .anyMatch(task -> task.isActive() && deployment.id().equals(task.deployment()));
    }
}
