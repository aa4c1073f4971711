package io.staithe.server.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Id;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.PastTasks.PastTask;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task at its end: what it was, where it ran, when, and why it stopped. */
@Entity
@Table(name = "stopped_task")
public class StoppedTask extends PanacheEntityBase {
    @jakarta.persistence.Id
    public String id;

    public String cluster;

    @Column(name = "task_definition")
    public String taskDefinition;

    @Column(name = "task_group")
    public String group;

    @Column(name = "started_by")
    public String startedBy;

    /** {@code cluster/name}; absent for a task of RunTask. */
    public String service;

    public String deployment;
    /** Absent: it was never placed. */
    public String instance;

    @Column(name = "host_name")
    public String hostName;

    @Column(name = "stop_code")
    public String stopCode;

    @Column(name = "stopped_reason")
    public String stoppedReason;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "placed_at")
    public Instant placedAt;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "stopping_at")
    public Instant stoppingAt;

    @Column(name = "stopped_at")
    public Instant stoppedAt;

    /** Why it was where it was, or why it waited: the summary, and what it says beyond that, a line each. */
    public String placement;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "stopped_container", joinColumns = @JoinColumn(name = "task_id"))
    @OrderColumn(name = "position")
    public List<StoppedContainer> containers = new ArrayList<>();

    /** @throws IllegalArgumentException when the task has not stopped */
    static StoppedTask of(Task task, ClusterState state) {
        if (task.stoppedAt() == null) throw new IllegalArgumentException(task.id() + " has not stopped");
        StoppedTask row = new StoppedTask();
        row.id = task.id().value();
        row.cluster = task.cluster();
        row.taskDefinition = task.taskDefinition().value();
        row.group = task.group();
        row.startedBy = task.startedBy();
        row.service = value(task.service());
        row.deployment = value(task.deployment());
        row.instance = value(task.instance());
        row.hostName = task.instance() == null
                ? null
                : state.instance(task.instance())
                        .map(ContainerInstance::hostName)
                        .orElse(null);
        row.stopCode = task.stopCode() == null ? null : task.stopCode().name();
        row.stoppedReason = task.stoppedReason();
        row.createdAt = task.createdAt();
        row.placedAt = task.placedAt();
        row.startedAt = task.startedAt();
        row.stoppingAt = task.stoppingAt();
        row.stoppedAt = task.stoppedAt();
        row.placement = task.placement() == null ? null : text(task.placement());
        state.report(task.id()).map(TaskReport::containers).orElse(List.of()).stream()
                .map(StoppedContainer::of)
                .forEach(row.containers::add);
        return row;
    }

    PastTask toPastTask() {
        return new PastTask(
                TaskId.of(id),
                taskDefinition,
                group,
                startedBy,
                hostName,
                stopCode,
                stoppedReason,
                createdAt,
                placedAt,
                startedAt,
                stoppedAt,
                placement == null ? List.of() : placement.lines().toList(),
                containers.stream().map(StoppedContainer::toPastContainer).toList());
    }

    /** What it quotes may have line ends of its own: they become spaces. */
    private static String text(PlacementReport report) {
        return Stream.concat(Stream.of(report.summary()), report.details().stream())
                .map(line -> line.replaceAll("\\R", " "))
                .collect(Collectors.joining("\n"));
    }

    private static @Nullable String value(@Nullable Id id) {
        return id == null ? null : id.value();
    }
}
