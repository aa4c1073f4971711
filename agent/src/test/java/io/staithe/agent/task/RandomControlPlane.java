package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.ContainerDependency.Condition;
import io.staithe.core.model.ContainerReport.State;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A control plane that comes and goes, and asks one host for tasks and for their end: what it wants, and what it has heard. */
final class RandomControlPlane {
    private static final int MOST_TASKS = 12;

    private final SplittableRandom random;
    private final Consumer<String> trace;
    private final Map<TaskId, AssignedTask> wanted = new TreeMap<>();
    private final Map<TaskId, AssignedTask> everWanted = new TreeMap<>();
    private final Map<TaskId, TaskReport> reports = new TreeMap<>();
    private final Set<TaskId> givenUp = new HashSet<>();
    private int tasks;
    private int epoch = 1;
    /** Absent: there is no session. */
    private @Nullable Assignment sent;

    RandomControlPlane(SplittableRandom random, Consumer<String> trace) {
        this.random = random;
        this.trace = trace;
    }

    Collection<AssignedTask> wanted() {
        return wanted.values();
    }

    AssignedTask known(TaskId task) {
        return everWanted.get(task);
    }

    /** Whether it has never asked for its end. */
    boolean wants(TaskId task) {
        return wanted.containsKey(task) && !givenUp.contains(task);
    }

    boolean hasAssigned(TaskId task) {
        return wanted.containsKey(task);
    }

    @Nullable
    TaskReport report(TaskId task) {
        return reports.get(task);
    }

    void newTask(AgentLoop agent) {
        if (wanted.size() >= MOST_TASKS) return;
        AssignedTask task = some(++tasks);
        wanted.put(task.task(), task);
        everWanted.put(task.task(), task);
        trace.accept("want " + tasks);
        send(agent);
    }

    private AssignedTask some(int number) {
        return switch (random.nextInt(7)) {
            case 0 -> Given.task(number, container("flaky"));
            case 1 ->
                Given.task(
                        number,
                        container("web").dependsOn("db", Condition.HEALTHY).dependsOn("init", Condition.SUCCESS),
                        container("db").checked(),
                        container("init").nonEssential());
            case 2 ->
                Given.task(
                        number,
                        NetworkMode.AWSVPC,
                        List.of(),
                        container("web"),
                        container("side").dependsOn("web", Condition.START));
            case 3 -> Given.task(number, container("restarter").restarts(60));
            case 4 -> Given.task(number, container("web").image("nowhere:1"));
            default -> Given.task(number, container("web"));
        };
    }

    void stopTask(AgentLoop agent) {
        if (wanted.isEmpty()) return;
        AssignedTask task = pick();
        giveUp(task.task());
        wanted.put(task.task(), Given.stopped(task));
        send(agent);
    }

    void dropTask(AgentLoop agent) {
        if (wanted.isEmpty()) return;
        AssignedTask task = pick();
        giveUp(task.task());
        wanted.remove(task.task());
        send(agent);
    }

    private void giveUp(TaskId task) {
        trace.accept("give up " + task);
        givenUp.add(task);
    }

    private AssignedTask pick() {
        List<AssignedTask> all = List.copyOf(wanted.values());
        return all.get(random.nextInt(all.size()));
    }

    private Assignment assignment() {
        return Assignment.of(wanted.values().stream()
                .map(task -> reports.containsKey(task.task()) ? Given.launched(task) : task)
                .map(Item.RunTask::new)
                .toList());
    }

    void connect(AgentLoop agent, Instant now) {
        if (sent != null) return;
        trace.accept("connect");
        agent.welcome("epoch-" + epoch, now);
        sent = assignment();
        agent.assign(sent.whole());
        hear(agent.reports());
    }

    void disconnect() {
        trace.accept("disconnect");
        sent = null;
    }

    private void send(AgentLoop agent) {
        if (sent == null) return;
        Assignment next = assignment();
        Assignment.Delta delta = next.since(sent);
        sent = next;
        if (!delta.isEmpty()) agent.assign(delta);
        if (random.nextInt(5) == 0) agent.assign(delta);
    }

    /** Without a session nothing arrives. */
    void hear(List<TaskReport> said) {
        if (sent == null) return;
        for (TaskReport report : said)
            if (report.supersedes(reports.get(report.task()))) reports.put(report.task(), report);
    }

    /** Forgets what has ended. */
    void tidy(AgentLoop agent) {
        wanted.keySet().removeIf(id -> {
            TaskReport report = reports.get(id);
            return report != null && report.lastStatus() == State.STOPPED;
        });
        send(agent);
    }

    /** Its store comes back from an older copy: some newer tasks are not in it. */
    void restore(AgentLoop agent, Instant now) {
        trace.accept("restore");
        epoch++;
        sent = null;
        for (AssignedTask task : List.copyOf(wanted.values()))
            if (random.nextInt(3) == 0) {
                giveUp(task.task());
                wanted.remove(task.task());
            }
        connect(agent, now);
    }
}
