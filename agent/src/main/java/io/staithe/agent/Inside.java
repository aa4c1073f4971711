package io.staithe.agent;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.disk.DataFolder;
import io.staithe.agent.disk.EndpointMemory;
import io.staithe.agent.disk.Identity;
import io.staithe.agent.endpoint.ContainerAddresses;
import io.staithe.agent.endpoint.EndpointIds;
import io.staithe.agent.endpoint.EndpointServer;
import io.staithe.agent.endpoint.TaskEndpoint;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.agent.session.ArnScope;
import io.staithe.agent.session.ControlPlaneLink;
import io.staithe.agent.session.ProtectionAnswer;
import io.staithe.agent.session.ProtectionRequest;
import io.staithe.agent.task.AgentLoop;
import io.staithe.agent.task.KnownTask;
import io.staithe.core.model.TaskId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the endpoint inside tasks stands on: the loop is asked through the agent's inbox, by threads that wait for it. */
final class Inside implements TaskEndpoint.Host {
    private static final System.Logger LOG = System.getLogger("agent");
    private static final Duration TURN = Duration.ofSeconds(2);

    private final Inbox inbox;
    private final AgentLoop loop;
    private final ContainerRuntime runtime;
    private final ControlPlaneLink link;
    private final DataFolder folder;
    private final @Nullable String zone;
    private volatile @Nullable ArnScope scope;

    Inside(
            Inbox inbox,
            AgentLoop loop,
            ContainerRuntime runtime,
            ControlPlaneLink link,
            DataFolder folder,
            @Nullable String zone) {
        this.inbox = inbox;
        this.loop = loop;
        this.runtime = runtime;
        this.link = link;
        this.folder = folder;
        this.zone = zone;
        scope = folder.endpoint().map(EndpointMemory::scope).orElse(null);
    }

    /** Absent, with a warning: tasks go without. */
    static @Nullable EndpointServer open(DataFolder folder, ContainerRuntime runtime) {
        Optional<EndpointMemory> memory = folder.endpoint();
        try {
            String address = runtime.hostAddress().orElse(null);
            if (address == null) {
                LOG.log(Level.WARNING, "no endpoint inside tasks: this host has no address on the engine's bridge");
                return null;
            }
            EndpointServer server = EndpointServer.open(
                    address, memory.map(EndpointMemory::port).orElse(null));
            LOG.log(Level.INFO, "tasks find this agent at {0}", server.root());
            folder.save(new EndpointMemory(
                    server.port(), memory.map(EndpointMemory::scope).orElse(null)));
            return server;
        } catch (IOException | ContainerException failure) {
            LOG.log(Level.WARNING, "no endpoint inside tasks: {0}", failure.toString());
            return null;
        }
    }

    static TaskAddresses addresses(Identity identity, @Nullable EndpointServer endpoint) {
        return endpoint == null
                ? TaskAddresses.NONE
                : new ContainerAddresses(endpoint.root(), new EndpointIds(identity.secret()));
    }

    void serve(EndpointServer server) {
        server.serve(new TaskEndpoint(this, new EndpointIds(folder.identity().secret())));
    }

    /** On the agent's thread. Remembered for a start without a control plane. */
    void located(ArnScope told, EndpointServer server) {
        if (told.equals(scope)) return;
        scope = told;
        try {
            folder.save(new EndpointMemory(server.port(), told));
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "the region cannot be written down: {0}", failure.toString());
        }
    }

    @Override
    public Optional<KnownTask> task(TaskId id) {
        CompletableFuture<Optional<KnownTask>> answer = new CompletableFuture<>();
        if (!inbox.offer(() -> answer.complete(loop.known(id)))) return Optional.empty();
        try {
            return answer.get(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Optional<ArnScope> scope() {
        return Optional.ofNullable(scope);
    }

    @Override
    public @Nullable String zone() {
        return zone;
    }

    @Override
    public Map<String, String> stats(Collection<String> containers) throws ContainerException {
        return runtime.stats(containers);
    }

    /** Ends by itself within a few seconds. */
    @Override
    public ProtectionAnswer ask(ProtectionRequest request) {
        return link.ask(request).join();
    }
}
