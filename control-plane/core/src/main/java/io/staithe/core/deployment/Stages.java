package io.staithe.core.deployment;

import static io.staithe.core.model.LifecycleStage.CLEAN_UP;
import static io.staithe.core.model.LifecycleStage.PRE_SCALE_UP;
import static io.staithe.core.model.LifecycleStage.PRODUCTION_TRAFFIC_SHIFT;
import static io.staithe.core.model.LifecycleStage.SCALE_UP;

import io.staithe.core.deployment.Waiting.For;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleStage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which stages a deployment goes through, and what has to be true before it leaves one. Pure: what is true of tasks and hooks
 * is told by {@link Facts}.
 */
final class Stages {
    /** What a stage may wait for. */
    interface Facts {
        /** No older deployment but the source has tasks that are wanted. */
        boolean isReconciled();

        /** The deployment has the tasks that it is to have now, and all are well. */
        boolean isScaledUp();

        /** The source has no task left. */
        boolean isCleanedUp();
    }

    /**
     * What becomes of a deployment in a stage: it stays, has another part of the traffic, or goes on.
     *
     * @param what it waits for where it stays
     * @param until when time alone ends the waiting
     * @param weight the part of the traffic that it gets; absent: no other than it has
     */
    record Outcome(
            boolean over,
            For what,
            @Nullable Instant until,
            @Nullable Integer weight) {
        static final Outcome OVER = new Outcome(true, For.NOTHING, null, null);

        static Outcome stay(For what, @Nullable Instant until) {
            return new Outcome(false, what, until, null);
        }

        static Outcome shift(int weight) {
            return new Outcome(false, For.TRAFFIC_STEP, null, weight);
        }

        private static Outcome when(boolean done, For what) {
            return done ? OVER : stay(what, null);
        }
    }

    /** Back to what was there: nothing is asked or tried out on the way. */
    private static final List<LifecycleStage> RESTORING = List.of(SCALE_UP, PRODUCTION_TRAFFIC_SHIFT, CLEAN_UP);

    private final Deployment deployment;
    private final DeploymentConfiguration configuration;
    private final boolean restoring;

    /** @param restoring whether the deployment has come back after another one's failure */
    Stages(Deployment deployment, DeploymentConfiguration configuration, boolean restoring) {
        this.deployment = deployment;
        this.configuration = configuration;
        this.restoring = restoring;
    }

    /** In their order. */
    List<LifecycleStage> all() {
        if (restoring) return RESTORING;
        if (deployment.source() != null || configuration.strategyOrDefault().isStaged())
            return List.of(LifecycleStage.values());
        return configuration.lifecycleHooks().isEmpty() ? List.of() : List.of(PRE_SCALE_UP);
    }

    Optional<LifecycleStage> first() {
        return all().stream().findFirst();
    }

    /** Empty after the last one. */
    Optional<LifecycleStage> after(LifecycleStage stage) {
        return all().stream().filter(later -> later.compareTo(stage) > 0).findFirst();
    }

    /** The positions of the hooks that have to be through before the present stage is left. */
    List<Integer> hooks() {
        if (restoring) return List.of();
        List<LifecycleHook> hooks = configuration.lifecycleHooks();
        return IntStream.range(0, hooks.size())
                .filter(i -> hooks.get(i).lifecycleStages().contains(stage()))
                .boxed()
                .toList();
    }

    /** What the stage itself wants, hooks aside. */
    Outcome outcome(Facts facts, Instant now) {
        return switch (stage()) {
            case RECONCILE_SERVICE -> Outcome.when(facts.isReconciled(), For.EARLIER_TASKS);
            case SCALE_UP -> Outcome.when(facts.isScaledUp(), For.HEALTHY_TASKS);
            case PRODUCTION_TRAFFIC_SHIFT -> shift(facts, now);
            case BAKE_TIME -> bake(For.BAKE_TIME, configuration.bakeMinutes(), now);
            case CLEAN_UP -> Outcome.when(facts.isCleanedUp(), For.OLD_TASKS);
            case PRE_SCALE_UP,
                    POST_SCALE_UP,
                    TEST_TRAFFIC_SHIFT,
                    POST_TEST_TRAFFIC_SHIFT,
                    PRE_PRODUCTION_TRAFFIC_SHIFT,
                    POST_PRODUCTION_TRAFFIC_SHIFT -> Outcome.OVER;
        };
    }

    private Outcome shift(Facts facts, Instant now) {
        if (deployment.weight() > 0 && !facts.isScaledUp()) return Outcome.stay(For.HEALTHY_TASKS, null);
        if (deployment.weight() >= Deployment.WHOLE) return Outcome.OVER;
        if (deployment.weight() > 0) {
            Outcome bake = bake(For.TRAFFIC_STEP, restoring ? 0 : configuration.stepBakeMinutes(), now);
            if (!bake.over()) return bake;
        }
        return Outcome.shift(Math.min(Deployment.WHOLE, deployment.weight() + step()));
    }

    /** How much of the traffic comes next. */
    private int step() {
        if (restoring) return Deployment.WHOLE;
        DeploymentStrategy strategy = configuration.strategyOrDefault();
        return switch (strategy) {
            case ROLLING, BLUE_GREEN -> Deployment.WHOLE;
            case LINEAR -> configuration.linear().step();
            case CANARY -> deployment.weight() == 0 ? configuration.canary().step() : Deployment.WHOLE;
        };
    }

    /** Time to see how the new revision does. Without an old one there is nothing to go back to. */
    private Outcome bake(For what, int minutes, Instant now) {
        Instant over = Objects.requireNonNull(deployment.stageAt()).plus(Duration.ofMinutes(minutes));
        return deployment.source() == null || !now.isBefore(over) ? Outcome.OVER : Outcome.stay(what, over);
    }

    private LifecycleStage stage() {
        return Objects.requireNonNull(deployment.lifecycleStage(), "only of a deployment in a stage");
    }

    /** Whether the present stage may take its time: it bakes, or waits for hooks. */
    static boolean lastsByItself(Deployment deployment) {
        LifecycleStage stage = deployment.lifecycleStage();
        if (stage == null) return false;
        boolean asked = deployment.hooks().stream().anyMatch(hook -> hook.answer() == null);
        return asked || stage == LifecycleStage.BAKE_TIME || stage == PRODUCTION_TRAFFIC_SHIFT;
    }
}
