package io.staithe.agent;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.disk.DataFolder;
import io.staithe.agent.endpoint.ContainerAddresses;
import io.staithe.agent.endpoint.EndpointIds;
import io.staithe.agent.endpoint.EndpointServer;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.session.ControlPlaneLink;
import io.staithe.agent.session.FakeGateway;
import io.staithe.agent.session.GatewayChannel;
import io.staithe.agent.session.Introduction;
import io.staithe.agent.session.Refused;
import io.staithe.agent.task.Limits;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TaskId;
import io.staithe.loadbalancer.TrafficProvider;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One life of an agent, threads, disk and network included, on an engine in memory and a gateway on this machine. */
final class AgentProcess {
    static final InstantSource CLOCK = InstantSource.system();

    final ContainerRuntime runtime;
    final InstanceId id;
    /** Why it ended. */
    final CompletableFuture<Refused> ended = new CompletableFuture<>();

    private final EndpointServer endpoint;
    private final EndpointIds ids;
    private final DataFolder folder;
    private final Agent agent;

    /** @param proxy absent: the host is no edge */
    AgentProcess(Path parent, FakeEngine engine, @Nullable TrafficProvider proxy, FakeGateway gateway)
            throws IOException {
        folder = DataFolder.open(parent.resolve("host"), new SecureRandom());
        id = folder.identity().instance();
        runtime = oneAtATime(new FakeRuntime(engine, id));
        endpoint = EndpointServer.open("127.0.0.1", null);
        ids = new EndpointIds(folder.identity().secret());
        Introduction host = new Introduction(
                id,
                folder.identity().secret(),
                1,
                "1",
                "1",
                "default",
                "h",
                "127.0.0.1",
                new Resources(1024, 1024, 0),
                List.of(),
                List.of(),
                proxy != null);
        agent = new Agent(
                folder,
                Limits.STANDARD,
                false,
                runtime,
                new ActionRunner(
                        runtime,
                        new HostValues(EnvironmentFiles.NONE, new ContainerAddresses(endpoint.root(), ids)),
                        RegistryCredentialsFile.NONE,
                        PullBehavior.DEFAULT,
                        Duration.ofMinutes(1)),
                new Traffic(id, proxy, CLOCK),
                endpoint,
                "zone-a",
                CLOCK,
                owner -> new ControlPlaneLink(
                        new GatewayChannel("127.0.0.1", gateway.port(), null), "token", host, owner, new Random(1)));
        new Thread(this::run).start();
    }

    private void run() {
        try {
            ended.complete(agent.run());
        } catch (Throwable failure) {
            ended.completeExceptionally(failure);
        }
    }

    /** What a container is told; a kind is {@code v4} or {@code api}. */
    String address(String kind, TaskId task, String container) {
        return endpoint.root() + "/" + kind + "/" + ids.of(task, container);
    }

    void stop() throws Exception {
        agent.end();
        ended.get(20, TimeUnit.SECONDS);
        folder.close();
    }

    /** The engine in memory is for one thread; the agent has several. */
    private static ContainerRuntime oneAtATime(ContainerRuntime runtime) {
        return (ContainerRuntime) Proxy.newProxyInstance(
                AgentProcess.class.getClassLoader(),
                new Class<?>[] {ContainerRuntime.class},
                (proxy, method, arguments) -> {
                    synchronized (runtime) {
                        try {
                            return method.invoke(runtime, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }
                });
    }
}
