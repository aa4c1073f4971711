package io.staithe.server.apply;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.ContainerInstances;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.PastTasks;
import io.staithe.server.ecs.PastTasks.PastTask;
import io.staithe.server.ecs.ServiceEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what is to be explained, and lets the one explain it that knows its kind. */
final class Explaining {
    private static final Pattern ID_PREFIX = Pattern.compile("[0-9a-f]{4,32}");

    private static final Pattern HOST_ID = Pattern.compile("[0-9a-f]{32}");

    private final ServiceEvents events;
    private final PastTasks past;

    Explaining(ServiceEvents events, PastTasks past) {
        this.events = events;
        this.past = past;
    }

    Explanation explain(ClusterState state, String kind, @Nullable String cluster, String name, Instant now) {
        return switch (kind) {
            case "task" -> task(state, cluster, name);
            case "service" -> service(state, cluster, name);
            case "host" -> host(state, cluster, name, now);
            default -> throw ApiError.resourceNotFound("the kind must be one of task, service, host");
        };
    }

    /** A task by its id, the beginning of its id, or its ARN; when the store has forgotten it, out of history. */
    private Explanation task(ClusterState state, @Nullable String cluster, String name) {
        String id = Names.id(cluster, name, "task");
        if (!ID_PREFIX.matcher(id).matches()) throw ApiError.resourceNotFound("no task is named " + name);
        String in = Names.clusterOf(cluster, name, "task");
        List<Task> known = state.tasksIn(in)
                .filter(task -> task.id().value().startsWith(id))
                .limit(2)
                .toList();
        if (known.isEmpty()) return explain(only(past.startingWith(in, id, 2), name));
        Task task = only(known, name);
        ExplainTask explain = new ExplainTask(state, task);
        return explanation(task.id(), explain.summary(), explain.lines());
    }

    private static <T> T only(List<T> found, String name) {
        if (found.isEmpty()) throw ApiError.resourceNotFound("no task is named " + name);
        if (found.size() > 1) throw ApiError.invalidParameter("several tasks begin with " + name);
        return found.get(0);
    }

    private Explanation explain(PastTask task) {
        ExplainPastTask explain = new ExplainPastTask(task);
        return explanation(task.id(), explain.summary(), explain.lines());
    }

    private Explanation explanation(TaskId task, String summary, List<String> lines) {
        return new Explanation("task " + task, summary, lines, events(events.ofTask(task, Explanation.MAX_EVENTS)));
    }

    private Explanation service(ClusterState state, @Nullable String cluster, String name) {
        ServiceId id =
                name.startsWith("arn:") || name.indexOf('/') < 0 ? Names.service(cluster, name) : ServiceId.of(name);
        Service service = state.service(id).orElseThrow(ApiError::serviceNotFound);
        ExplainService explain = new ExplainService(state, service);
        return new Explanation(
                "service " + id,
                explain.summary(),
                explain.lines(),
                events(events.ofService(id, Explanation.MAX_EVENTS)));
    }

    private Explanation host(ClusterState state, @Nullable String cluster, String name, Instant now) {
        String in = Names.clusterOf(cluster, name, "container-instance");
        Optional<ContainerInstance> host = ContainerInstances.find(state, in, name);
        Optional<ExplainBoughtHost> bought = host.map(ContainerInstance::id)
                .or(() -> hostId(Names.id(cluster, name, "container-instance")))
                .flatMap(state::provisionedHost)
                .filter(one -> one.cluster().equals(in))
                .map(one -> new ExplainBoughtHost(state, one, now));
        List<String> lines = new ArrayList<>();
        List<ServiceEvent> said = new ArrayList<>();
        bought.ifPresent(purchase -> {
            lines.addAll(purchase.lines());
            said.addAll(events.about(purchase.path(), Explanation.MAX_EVENTS));
        });
        if (host.isEmpty())
            return bought.map(purchase ->
                            new Explanation("host " + purchase.id(), purchase.summary(), lines, events(said)))
                    .orElseThrow(() -> ApiError.resourceNotFound("no host is named " + name));
        ExplainHost explain = new ExplainHost(state, host.get());
        lines.addAll(0, explain.lines());
        said.addAll(events.about(host.get().key().path(), Explanation.MAX_EVENTS));
        said.sort(Comparator.comparing(ServiceEvent::createdAt).reversed());
        return new Explanation("host " + host.get().hostName(), explain.summary(), lines, events(said));
    }

    private static Optional<InstanceId> hostId(String id) {
        return HOST_ID.matcher(id).matches() ? Optional.of(new InstanceId(id)) : Optional.empty();
    }

    private static List<Explanation.Event> events(List<ServiceEvent> events) {
        return events.stream().map(Explanation.Event::of).toList();
    }
}
