package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import io.staithe.agent.cgroup.CpuGroup;
import io.staithe.agent.check.OutsideCheck;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.Finding;
import io.staithe.agent.container.Image;
import io.staithe.agent.container.Labels;
import io.staithe.agent.container.LogQuery;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.container.RuntimeInfo;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One agent's containers on a Docker Engine. Thread-safe; keeps nothing but connections and what was last seen. */
public final class DockerRuntime implements ContainerRuntime {
    private static final int MAX_LOG_STREAMS = 64;
    private static final long MIB = 1024L * 1024;
    private static final Duration PING_DEADLINE = Duration.ofSeconds(5);
    /** Between Docker's own SIGKILL and its answer. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(30);

    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "X86_64", "aarch64", "ARM64");

    private final DockerSettings settings;
    private final Engine engine;
    private final Images images;
    private final Volumes volumes;
    private final ControlGroup group;
    private final Semaphore logStreams = new Semaphore(MAX_LOG_STREAMS);
    private final LastSeen lastSeen = new LastSeen(System::nanoTime);
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    public DockerRuntime(DockerSettings settings) {
        this.settings = settings;
        engine = new Engine(settings.host(), settings.callDeadline());
        images = new Images(engine);
        volumes = new Volumes(engine);
        group = new ControlGroup(CpuGroup.MOUNT, settings.cgroupParent());
    }

    @Override
    public RuntimeInfo info() throws ContainerException {
        return engine.call(Code.CANNOT_INSPECT, DockerRuntime::info);
    }

    private static RuntimeInfo info(DockerClient docker) {
        Info info = docker.infoCmd().exec();
        String architecture = Objects.requireNonNull(info.getArchitecture());
        return new RuntimeInfo(
                Objects.requireNonNull(info.getServerVersion()),
                Objects.requireNonNull(info.getNCPU()),
                Objects.requireNonNull(info.getMemTotal()) / MIB,
                ARCHITECTURES.getOrDefault(architecture, architecture),
                Objects.requireNonNull(info.getOperatingSystem()));
    }

    @Override
    public void ping() throws ContainerException {
        engine.call(
                Code.CANNOT_INSPECT, PING_DEADLINE, docker -> docker.pingCmd().exec());
    }

    @Override
    public Optional<String> hostAddress() throws ContainerException {
        return Bridge.address(engine);
    }

    @Override
    public Map<String, String> stats(Collection<String> ids) {
        return Usage.of(engine, ids);
    }

    @Override
    public List<Container> list() throws ContainerException {
        long mark = lastSeen.mark();
        List<com.github.dockerjava.api.model.Container> listed =
                engine.call(Code.CANNOT_INSPECT, docker -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Labels.AGENT, settings.owner().value()))
                        .exec());
        lastSeen.retain(
                listed.stream()
                        .map(com.github.dockerjava.api.model.Container::getId)
                        .collect(Collectors.toSet()),
                mark);
        List<Container> containers = new ArrayList<>();
        for (var line : listed) asLastSeenOrAnew(line).ifPresent(containers::add);
        containers.sort(Comparator.comparing(Container::createdAt).thenComparing(Container::id));
        return containers;
    }

    private Optional<Container> asLastSeenOrAnew(com.github.dockerjava.api.model.Container line)
            throws ContainerException {
        Optional<Container> known =
                lastSeen.get(line.getId(), Inspection.state(line.getState()), Inspection.health(line));
        return known.isPresent() ? known : inspect(line.getId());
    }

    @Override
    public Optional<Container> inspect(String id) throws ContainerException {
        long mark = lastSeen.mark();
        Optional<Container> found = engine.call(Code.CANNOT_INSPECT, docker -> {
            try {
                return own(docker.inspectContainerCmd(id).exec());
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
        found.ifPresent(container -> lastSeen.put(container, mark));
        return found;
    }

    private Optional<Container> own(InspectContainerResponse found) {
        return Inspection.isOf(settings.owner(), Inspection.labels(found))
                ? Optional.of(Inspection.read(found))
                : Optional.empty();
    }

    @Override
    public Image pull(PullRequest request, PullProgress progress) throws ContainerException {
        return images.pull(request, progress);
    }

    @Override
    public Optional<Image> image(String reference) throws ContainerException {
        return images.find(reference);
    }

    @Override
    public List<Image> listImages() throws ContainerException {
        return images.list();
    }

    @Override
    public boolean removeImage(String idOrReference) throws ContainerException {
        return images.remove(idOrReference);
    }

    @Override
    public String createNetworkHolder(TaskSpec task) throws ContainerException {
        String id = engine.call(Code.CANNOT_CREATE, docker -> {
            try {
                return createOrFind(docker, placed(HolderCommand.of(task, docker), docker));
            } catch (NotFoundException noImage) {
                HolderImage.put(docker, info(docker).architecture());
                return createOrFind(docker, placed(HolderCommand.of(task, docker), docker));
            }
        });
        start(id);
        return id;
    }

    @Override
    public String create(ContainerSpec spec) throws ContainerException {
        return engine.call(
                Code.CANNOT_CREATE, docker -> createOrFind(docker, placed(CreateCommand.of(spec, docker), docker)));
    }

    private CreateContainerCmd placed(CreateContainerCmd command, DockerClient docker) {
        HostConfig host = command.getHostConfig();
        if (host != null) group.parent(() -> docker.infoCmd().exec()).ifPresent(host::withCgroupParent);
        return command;
    }

    /** The name follows from task and container: one that is there already is ours if its labels say the same. */
    private static String createOrFind(DockerClient docker, CreateContainerCmd command) {
        try {
            return command.exec().getId();
        } catch (ConflictException taken) {
            InspectContainerResponse found = docker.inspectContainerCmd(Objects.requireNonNull(command.getName()))
                    .exec();
            Map<String, String> wanted = Objects.requireNonNull(command.getLabels());
            Map<String, String> labels = Inspection.labels(found);
            for (String label : List.of(Labels.AGENT, Labels.TASK, Labels.CONTAINER))
                if (!Objects.equals(wanted.get(label), labels.get(label))) throw taken;
            return found.getId();
        }
    }

    @Override
    public void start(String id) throws ContainerException {
        engine.call(
                Code.CANNOT_START,
                docker -> unlessSo(() -> docker.startContainerCmd(id).exec()));
    }

    @Override
    public void stop(String id, Duration timeout) throws ContainerException {
        engine.longCall(
                Code.CANNOT_STOP,
                timeout.plus(STOP_MARGIN),
                docker -> unlessGone(() -> docker.stopContainerCmd(id)
                        .withTimeout(Math.toIntExact(timeout.toSeconds()))
                        .exec()));
    }

    @Override
    public void kill(String id) throws ContainerException {
        engine.call(
                Code.CANNOT_STOP,
                docker -> unlessGone(() -> docker.killContainerCmd(id).exec()));
    }

    /** Another removal of the same container may be under way: then it is as good as gone. */
    @Override
    public void remove(String id) throws ContainerException {
        engine.call(
                Code.CANNOT_REMOVE,
                docker -> unlessGone(() -> docker.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec()));
    }

    @Override
    public Finding check(String id, @Nullable String address, HealthCheck check) throws ContainerException {
        return switch (check.kind()) {
            case HTTP, TCP, GRPC -> OutsideCheck.make(address, check);
            case CMD -> exec(id, check.command().subList(1, check.command().size()), check);
            case CMD_SHELL -> {
                List<String> line = new ArrayList<>(check.command());
                line.set(0, "-c");
                line.add(0, "/bin/sh");
                yield exec(id, line, check);
            }
        };
    }

    private Finding exec(String id, List<String> command, HealthCheck check) throws ContainerException {
        return exec(id, command, Duration.ofSeconds(check.timeoutSeconds()));
    }

    @Override
    public Finding exec(String id, List<String> command, Duration timeout) throws ContainerException {
        return Execution.run(engine, id, command, timeout);
    }

    @Override
    public void createVolume(TaskSpec task, String volume) throws ContainerException {
        volumes.create(task, volume);
    }

    @Override
    public void removeVolumes(TaskSpec task) throws ContainerException {
        volumes.remove(task);
    }

    @Override
    public Subscription logs(String id, LogQuery query, LogSink sink) throws ContainerException {
        if (!logStreams.tryAcquire())
            throw new ContainerException(
                    Code.UNAVAILABLE, MAX_LOG_STREAMS + " log streams are open, which is the most there may be", null);
        LogStream stream = new LogStream(engine, query, sink, this::released);
        open.add(stream);
        stream.open(id);
        return stream;
    }

    private void released(LogStream stream) {
        open.remove(stream);
        logStreams.release();
    }

    @Override
    public Subscription events(Runnable dirty) {
        EventStream events = EventStream.open(engine, settings.owner(), new Changes(lastSeen, dirty));
        open.add(events);
        return () -> {
            events.close();
            open.remove(events);
        };
    }

    @Override
    public void close() {
        open.forEach(Subscription::close);
        engine.close();
    }

    private static boolean unlessSo(Runnable action) {
        try {
            action.run();
            return true;
        } catch (NotModifiedException already) {
            return false;
        }
    }

    private static boolean unlessGone(Runnable action) {
        try {
            return unlessSo(action);
        } catch (NotFoundException | ConflictException gone) {
            return false;
        }
    }

    private record Changes(LastSeen lastSeen, Runnable dirty) implements EventStream.Told {
        @Override
        public void connected() {
            lastSeen.hear();
            dirty.run();
        }

        @Override
        public void changed(String id) {
            lastSeen.changed(id);
            dirty.run();
        }

        @Override
        public void disconnected() {
            lastSeen.hearNothing();
            dirty.run();
        }
    }
}
