package io.staithe.agent.task;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerDependency;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.VolumeFrom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which containers of a task come before which. A container waits for those in its {@code dependsOn}; its links must run,
 * as Docker demands; what it takes volumes from must exist. Stopping goes the other way.
 */
final class StartRules {
    private StartRules() {}

    /** Whether a container may start. */
    enum Verdict {
        READY,
        WAIT,
        /** What it waits for will never be. */
        NEVER
    }

    /** In the order of starting: each after all that it names; otherwise as defined. */
    static Map<String, ContainerRun> inOrder(List<ContainerDefinition> definitions) {
        Map<String, ContainerDefinition> byName = new LinkedHashMap<>();
        definitions.forEach(definition -> byName.put(definition.name(), definition));
        Map<String, ContainerRun> ordered = new LinkedHashMap<>();
        for (ContainerDefinition definition : definitions) place(definition, byName, new LinkedHashSet<>(), ordered);
        return ordered;
    }

    private static void place(
            @Nullable ContainerDefinition definition,
            Map<String, ContainerDefinition> byName,
            Set<String> path,
            Map<String, ContainerRun> ordered) {
        // Links may form a circle; then Docker refuses to create the one that was met first, and says why.
        if (definition == null || ordered.containsKey(definition.name()) || !path.add(definition.name())) return;
        for (String name : before(definition)) place(byName.get(name), byName, path, ordered);
        ordered.put(definition.name(), new ContainerRun(definition));
    }

    /** The names of all containers that {@code definition} builds upon. */
    static Set<String> before(ContainerDefinition definition) {
        Set<String> names = new LinkedHashSet<>(mustExist(definition));
        definition.dependsOn().forEach(dependency -> names.add(dependency.containerName()));
        return names;
    }

    /** Whether all is there that {@code container} is created from: those before it whose volumes or links it uses. */
    static Verdict mayCreate(ContainerRun container, Map<String, ContainerRun> all) {
        List<String> needed = mustExist(container.definition);
        Verdict worst = Verdict.READY;
        for (ContainerRun other : all.values()) {
            if (other == container) break;
            if (!needed.contains(other.name()) || other.exists()) continue;
            worst = worse(worst, other.hasEnded() ? Verdict.NEVER : Verdict.WAIT);
        }
        return worst;
    }

    private static List<String> mustExist(ContainerDefinition definition) {
        List<String> names = new ArrayList<>(links(definition));
        definition.volumesFrom().stream().map(VolumeFrom::sourceContainer).forEach(names::add);
        return names;
    }

    private static List<String> links(ContainerDefinition definition) {
        return definition.links().stream()
                .map(link -> link.substring(0, link.indexOf(':') < 0 ? link.length() : link.indexOf(':')))
                .toList();
    }

    static Verdict mayStart(ContainerDefinition definition, Map<String, ContainerRun> all, Round round) {
        Verdict worst = Verdict.READY;
        for (String link : links(definition)) {
            ContainerRun other = all.get(link);
            if (other != null) worst = worse(worst, started(other));
        }
        for (ContainerDependency dependency : definition.dependsOn()) {
            ContainerRun other = all.get(dependency.containerName());
            if (other != null) worst = worse(worst, has(other, dependency.condition(), round));
        }
        return worst;
    }

    /** Why it never will, for people. */
    static String whyNever(ContainerDefinition definition, Map<String, ContainerRun> all, Round round) {
        for (ContainerDependency dependency : definition.dependsOn()) {
            ContainerRun other = all.get(dependency.containerName());
            if (other == null || has(other, dependency.condition(), round) != Verdict.NEVER) continue;
            String how = other.hasEnded() ? "has stopped" : "is not so within its startTimeout";
            return "ResourceInitializationError: container " + definition.name() + " depends on container "
                    + other.name() + " being " + dependency.condition() + ", which " + how;
        }
        return "ResourceInitializationError: container " + definition.name()
                + " uses the volumes or the link of a container that has stopped";
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Verdict has(ContainerRun other, ContainerDependency.Condition condition, Round round) {
        return switch (condition) {
            case START -> started(other);
            case COMPLETE -> other.hasEnded() ? atItsEnd(other.hasStarted()) : inTime(other, round);
            case SUCCESS -> other.hasEnded() ? atItsEnd(exitedWithZero(other)) : inTime(other, round);
            case HEALTHY -> healthy(other, round);
        };
    }

    private static Verdict started(ContainerRun other) {
        if (other.hasStarted()) return Verdict.READY;
        return other.hasEnded() ? Verdict.NEVER : Verdict.WAIT;
    }

    private static Verdict healthy(ContainerRun other, Round round) {
        if (other.hasEnded()) return Verdict.NEVER;
        return other.health() == HealthStatus.HEALTHY ? Verdict.READY : inTime(other, round);
    }

    private static Verdict atItsEnd(boolean asWanted) {
        return asWanted ? Verdict.READY : Verdict.NEVER;
    }

    private static boolean exitedWithZero(ContainerRun other) {
        ContainerRun.Ending ending = other.ending();
        return ending != null && ending.exitCode() != null && ending.exitCode() == 0;
    }

    /** ECS: {@code startTimeout} belongs to the container that is waited for, and counts from its start. */
    private static Verdict inTime(ContainerRun other, Round round) {
        Integer timeout = other.definition.startTimeout();
        Instant startedAt = other.startedAt();
        if (timeout == null || startedAt == null) return Verdict.WAIT;
        return round.isDue(startedAt.plusSeconds(timeout)) ? Verdict.NEVER : Verdict.WAIT;
    }

    /** Whether all that build upon {@code container} have ended, so that it may be stopped. */
    static boolean mayStop(ContainerRun container, Map<String, ContainerRun> all) {
        return all.values().stream()
                .filter(other -> before(other.definition).contains(container.name()))
                .allMatch(ContainerRun::isQuiet);
    }
}
