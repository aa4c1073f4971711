package io.staithe.capacity.provider.local;

import io.staithe.capacity.provider.AgentArguments;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Hosts on this machine. Each is an agent's process, which outlives the control plane, and a folder with what it needs; the
 * engine is shared, and a control group holds each host's containers to what it offers. An agent that has ended is started
 * again, as a machine that was switched on again would.
 */
public final class LocalProvider implements InstanceProvider {
    public static final String NAME = "local";

    /** How long a host that has ended is remembered, so that nobody starts it again. */
    private static final Duration REMEMBERED = Duration.ofHours(3);

    /** An agent that ends at once is not started again at once. */
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(5);

    private static final Duration AGENT_END = Duration.ofSeconds(10);

    private final LocalSettings settings;
    private final InstantSource clock;
    /** One operation on a host at a time; hosts that share a lock take turns. */
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(32).toArray(ReentrantLock[]::new);

    public LocalProvider(LocalSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start(HostRequest request) {
        HostFolder host = folder(request.id());
        ReentrantLock lock = lock(request.id());
        lock.lock();
        try {
            host.create(request.group(), request.joinToken(), command(request, host));
            if (host.hasEnded()) return;
            Path cgroups = settings.cgroups();
            if (cgroups != null) new Slice(cgroups, request.id().value()).bound(request.offered());
            run(host);
        } catch (IOException failed) {
            throw new ProviderException(
                    Kind.UNKNOWN, "host " + request.id() + " cannot be started: " + failed.getMessage(), failed);
        } finally {
            lock.unlock();
        }
    }

    private List<String> command(HostRequest request, HostFolder host) {
        List<String> command = new ArrayList<>();
        // A session of its own: the end of the control plane's does not end it.
        command.add("setsid");
        command.addAll(settings.agent());
        command.addAll(AgentArguments.of(request, settings.gateway()));
        command.addAll(List.of("--data", host.data().toString()));
        command.addAll(List.of("--docker-host", settings.dockerHost()));
        command.addAll(List.of("--token-file", host.token().toString()));
        command.addAll(List.of("--address", "127.0.0.1"));
        if (settings.cgroups() != null)
            command.addAll(List.of(
                    "--cgroup-parent",
                    new Slice(settings.cgroups(), request.id().value()).parent()));
        return command;
    }

    private static void run(HostFolder host) throws IOException {
        if (host.agent().isPresent()) return;
        Process agent = new ProcessBuilder(host.command())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(host.log().toFile()))
                .start();
        host.started(agent.pid());
    }

    @Override
    public List<ListedHost> list() {
        List<ListedHost> listed = new ArrayList<>();
        try {
            for (InstanceId id : ids()) {
                HostFolder host = folder(id);
                boolean ended = host.hasEnded();
                if (ended && host.endedAt().plus(REMEMBERED).isBefore(clock.instant())) {
                    host.forget();
                    continue;
                }
                if (!ended) runAgain(id, host);
                ListedHost.State state = ended ? ListedHost.State.ENDED : ListedHost.State.RUNNING;
                listed.add(new ListedHost(id, host.group(), state, null, null));
            }
            return listed;
        } catch (IOException failed) {
            throw new ProviderException(
                    Kind.UNKNOWN, "the hosts of this machine cannot be listed: " + failed.getMessage(), failed);
        }
    }

    /** Unless it is being started or ended at this moment. */
    private void runAgain(InstanceId id, HostFolder host) throws IOException {
        ReentrantLock lock = lock(id);
        if (!lock.tryLock()) return;
        try {
            if (!host.hasEnded() && host.agentSince().plus(BETWEEN_STARTS).isBefore(clock.instant())) run(host);
        } finally {
            lock.unlock();
        }
    }

    private List<InstanceId> ids() throws IOException {
        if (!Files.isDirectory(settings.folder())) return List.of();
        try (var folders = Files.list(settings.folder())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f]{32}"))
                    .sorted()
                    .map(InstanceId::of)
                    .toList();
        }
    }

    @Override
    public void terminate(InstanceId id) {
        HostFolder host = folder(id);
        ReentrantLock lock = lock(id);
        lock.lock();
        try {
            if (!host.exists() || host.hasEnded()) return;
            end(host.agent());
            clear(host);
            Path cgroups = settings.cgroups();
            if (cgroups != null) new Slice(cgroups, id.value()).remove();
            host.ended();
        } catch (IOException failed) {
            throw new ProviderException(
                    Kind.UNKNOWN, "host " + id + " cannot be ended: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderException(Kind.UNKNOWN, "host " + id + " is being ended", interrupted);
        } finally {
            lock.unlock();
        }
    }

    private static void end(Optional<ProcessHandle> agent) throws InterruptedException {
        if (agent.isEmpty()) return;
        agent.get().destroy();
        for (int kill = 0; agent.get().isAlive(); kill++) {
            try {
                agent.get().onExit().get(AGENT_END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException slow) {
                if (kill > 1) throw new ProviderException(Kind.UNKNOWN, "the agent does not end", slow);
                agent.get().destroyForcibly();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** The machine is shared: what a switched-off machine would take with it has to be removed. */
    private void clear(HostFolder host) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(host.command());
        command.add("--clear");
        Process clearing = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(host.log().toFile()))
                .start();
        if (!clearing.waitFor(settings.ending().toMillis(), TimeUnit.MILLISECONDS)) {
            clearing.destroyForcibly();
            throw new IOException("its containers are not removed within " + settings.ending());
        }
        if (clearing.exitValue() != 0) throw new IOException("its containers cannot be removed: see " + host.log());
    }

    private ReentrantLock lock(InstanceId id) {
        return locks[Math.floorMod(id.hashCode(), locks.length)];
    }

    private HostFolder folder(InstanceId id) {
        return new HostFolder(settings.folder(), id);
    }

    /** Where control groups are, for {@link LocalSettings}; empty: slices are not enforced. */
    public static Optional<Path> cgroups() {
        return Optional.ofNullable(Slice.mount());
    }
}
