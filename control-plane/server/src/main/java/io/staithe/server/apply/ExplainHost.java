package io.staithe.server.apply;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a host runs, whether it takes tasks, and since when it has not been heard of. */
final class ExplainHost {
    private static final int MAX_TASKS_SHOWN = 50;

    private final ContainerInstance host;
    private final List<Task> tasks;
    private final Resources free;
    private final boolean runtimeAnswers;
    private final Optional<ProvisionedHost> bought;

    ExplainHost(ClusterState state, ContainerInstance host) {
        this.host = host;
        this.tasks = state.tasksOn(host.id()).filter(Task::holdsResources).toList();
        this.free = state.load(host.id()).orElseThrow().free();
        this.bought = state.provisionedHost(host.id());
        this.runtimeAnswers = state.session(host.id())
                .filter(session -> session.runtimeHealthy())
                .isPresent();
    }

    String summary() {
        String holds = tasks.size() == 1 ? "1 task" : tasks.size() + " tasks";
        return switch (host.status()) {
            case INACTIVE -> "It is deregistered.";
            case LOST ->
                "It is lost: out of reach since " + host.disconnectedSince() + "; its tasks are replaced elsewhere.";
            case DRAINING ->
                tasks.isEmpty()
                        ? "It is drained: it holds no task, and takes none."
                        : "It drains: " + holds + (tasks.size() == 1 ? " is" : " are")
                                + " still on it, and it takes none.";
            case ACTIVE ->
                !host.isConnected()
                        ? "It is out of reach since " + host.disconnectedSince() + "; it holds " + holds + "."
                        : runtimeAnswers
                                ? "It is connected, holds " + holds + ", and takes more."
                                : "It is connected, holds " + holds
                                        + ", and takes no more: its Docker does not answer.";
        };
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Free: " + free.cpu() + " of " + host.registered().cpu() + " CPU units, " + free.memory() + " of "
                + host.registered().memory() + " MiB of memory" + counted() + ".");
        lines.add("Agent " + host.agentVersion()
                + (host.dockerVersion() == null ? "" : ", Docker " + host.dockerVersion())
                + (host.edge() ? ", carries traffic" : "") + ", registered at " + host.registeredAt() + ".");
        bought.map(ProvisionedHost::endReason).ifPresent(reason -> lines.add("It is given back: " + reason + "."));
        host.allAttributes()
                .forEach(attribute -> lines.add("Attribute " + attribute.name()
                        + (attribute.value() == null ? "" : " = " + attribute.value())
                        + (host.userAttributes().contains(attribute) ? ", set by a user." : ".")));
        tasks.stream()
                .limit(MAX_TASKS_SHOWN)
                .forEach(task -> lines.add("Task " + task.id() + " of " + task.group() + ": " + task.lastStatus()
                        + (task.isActive() ? "" : ", to be stopped") + "."));
        if (tasks.size() > MAX_TASKS_SHOWN) lines.add("and " + (tasks.size() - MAX_TASKS_SHOWN) + " more tasks.");
        return lines;
    }

    /** GPUs, and what has a name, where the host has any. */
    private String counted() {
        Resources all = host.registered();
        StringBuilder counted = new StringBuilder();
        if (all.gpus() > 0) counted.append(", " + free.gpus() + " of " + all.gpus() + " GPUs");
        all.others().forEach((name, count) -> counted.append(", " + free.other(name) + " of " + count + " " + name));
        return counted.toString();
    }
}
