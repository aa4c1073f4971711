package io.staithe.agent.task;

import io.staithe.core.model.RepositoryCredentials;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pulls: one for all who wait for the same image. */
final class Images {
    private final Map<Action.Pull, Pulling> pulls = new LinkedHashMap<>();
    private final ImageCleanup cleanup;

    Images(ImageCleanup cleanup) {
        this.cleanup = cleanup;
    }

    private record Waiter(TaskRun task, ContainerRun container) {}

    private static final class Pulling {
        final Work work = new Work();
        final Set<Waiter> waiting = new LinkedHashSet<>();
    }

    /** To be asked in each round as long as the container needs its image and does not have it. */
    void want(TaskRun task, ContainerRun container, Round round) {
        RepositoryCredentials credentials = container.definition.repositoryCredentials();
        Action.Pull pull = new Action.Pull(
                container.definition.image(), credentials == null ? null : credentials.credentialsParameter());
        Pulling pulling = pulls.computeIfAbsent(pull, p -> new Pulling());
        pulling.waiting.add(new Waiter(task, container));
        round.issue(pull, pulling.work, (outcome, mark, now) -> pulled(pull, pulling, outcome, mark, now));
    }

    private void pulled(Action.Pull pull, Pulling pulling, Outcome outcome, long mark, Instant now) {
        List<Waiter> waiting = new ArrayList<>(pulling.waiting);
        pulling.waiting.clear(); // who still waits asks again
        if (outcome.failure() == null) {
            pulls.remove(pull);
            if (outcome.image() != null) cleanup.used(outcome.image().id(), now);
            for (Waiter waiter : waiting) waiter.container().imageIsHere(outcome.image());
        } else if (!pulling.work.failed(outcome.failure(), mark, now)) {
            pulls.remove(pull);
            for (Waiter waiter : waiting)
                waiter.task().fail(waiter.container(), outcome.failure().reason(), now);
        }
    }

    /** A container of this image was here until now. */
    void used(@Nullable String imageId, Instant now) {
        if (imageId != null) cleanup.used(imageId, now);
    }

    /** Forgets what nobody has asked for since it failed. */
    void forgetUnwanted() {
        pulls.values().removeIf(pulling -> pulling.waiting.isEmpty() && !pulling.work.isBusy());
    }
}
