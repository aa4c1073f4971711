package io.staithe.agent.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.session.ArnScope;
import io.staithe.agent.session.ProtectionAnswer;
import io.staithe.agent.session.ProtectionRequest;
import io.staithe.agent.task.KnownTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked from inside a task, and the answer: which container asks is found by the part of the path that only it
 * knows, and it hears of its own task only.
 */
public final class TaskEndpoint {
    private static final Pattern METADATA = Pattern.compile("/v4/([^/]+)(|/task|/stats|/task/stats)/?");
    private static final Pattern PROTECTION = Pattern.compile("/api/([^/]+)/task-protection/v1/state/?");

    /** What the endpoint stands on; may block for a few seconds, and is called from several threads. */
    public interface Host {
        /** Empty: this host has no such task, or cannot say in time. */
        Optional<KnownTask> task(TaskId id);

        /** Empty: this host has never been connected to a control plane. */
        Optional<ArnScope> scope();

        /** The Availability Zone; absent: nobody has said. */
        @Nullable
        String zone();

        /** JSON by container id; see {@link io.staithe.agent.container.ContainerRuntime#stats}. */
        Map<String, String> stats(Collection<String> containers) throws ContainerException;

        ProtectionAnswer ask(ProtectionRequest request);
    }

    private final Host host;
    private final EndpointIds ids;
    private final RequestRate rate = new RequestRate(System::nanoTime);

    public TaskEndpoint(Host host, EndpointIds ids) {
        this.host = host;
        this.ids = ids;
    }

    private record Asker(KnownTask task, ContainerDefinition container) {
        TaskId id() {
            return task.assigned().task();
        }
    }

    Answer answer(String method, String path, byte[] body) {
        Matcher metadata = METADATA.matcher(path);
        if (metadata.matches()) return metadata(method, metadata.group(1), metadata.group(2));
        Matcher protection = PROTECTION.matcher(path);
        if (protection.matches()) return protection(method, protection.group(1), body);
        return Answer.refused(404, "404 page not found");
    }

    private Answer metadata(String method, String id, String what) {
        if (!method.equals("GET")) return Answer.refused(405, "only GET");
        Asker asker = asker(id).orElse(null);
        if (asker == null) return Answer.refused(404, "V4 metadata handler: no container has this address");
        if (!rate.allows(asker.id())) return Answer.refused(429, "You have reached maximum request limit.");
        if (what.endsWith("/stats")) return stats(asker, what.equals("/stats"));
        ArnScope scope = host.scope().orElse(null);
        if (scope == null) return Answer.refused(500, "V4 metadata handler: this host has not been connected yet");
        return Answer.json(
                200,
                what.isEmpty()
                        ? ContainerMetadata.of(asker.container(), asker.task(), scope)
                        : TaskMetadata.of(asker.task(), scope, host.zone()));
    }

    private Answer stats(Asker asker, boolean own) {
        List<String> running = asker.task().seen().values().stream()
                .filter(container -> container.isAlive()
                        && (!own || container.name().equals(asker.container().name())))
                .map(Container::id)
                .toList();
        try {
            Map<String, String> stats = host.stats(running);
            if (own && !stats.isEmpty())
                return new Answer(200, stats.values().iterator().next());
            if (own) return Answer.refused(500, "V4 stats handler: the container runtime gives no answer");
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            stats.forEach((container, json) -> all.putRawValue(container, new RawValue(json)));
            return Answer.json(200, all);
        } catch (ContainerException away) {
            return Answer.refused(500, "V4 stats handler: " + away.getMessage());
        }
    }

    private Answer protection(String method, String id, byte[] body) {
        boolean changes = method.equals("PUT");
        if (!changes && !method.equals("GET")) return Answer.refused(405, "only GET and PUT");
        Asker asker = asker(id).orElse(null);
        if (asker == null)
            return ProtectionCall.error(
                    404, "ResourceNotFoundException", null, "Failed to find a task for the request");
        String arn =
                host.scope().map(scope -> TaskMetadata.arn(asker.task(), scope)).orElse(null);
        if (!rate.allows(asker.id())) return ProtectionCall.error(429, "ThrottlingException", arn, "Rate exceeded");
        try {
            ProtectionRequest request = changes
                    ? ProtectionCall.read(body, asker.id(), arn)
                    : new ProtectionRequest(asker.id(), null, null);
            return ProtectionCall.answer(host.ask(request), arn);
        } catch (ProtectionCall.Refused refused) {
            return refused.answer();
        }
    }

    private Optional<Asker> asker(String id) {
        return EndpointIds.claimed(id).flatMap(host::task).flatMap(task -> task.containers().stream()
                .filter(container -> ids.isOf(id, task.assigned().task(), container.name()))
                .findFirst()
                .map(container -> new Asker(task, container)));
    }
}
