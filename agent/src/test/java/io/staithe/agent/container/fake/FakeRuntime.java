package io.staithe.agent.container.fake;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.Finding;
import io.staithe.agent.container.Image;
import io.staithe.agent.container.Labels;
import io.staithe.agent.container.LogLine;
import io.staithe.agent.container.LogQuery;
import io.staithe.agent.container.Names;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.container.RuntimeInfo;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.ImageName;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One agent's view of a {@link FakeEngine}. Every call answers at once, on the caller's thread. */
public final class FakeRuntime implements ContainerRuntime {
    private static final RuntimeInfo INFO = new RuntimeInfo("fake", 4, 16_384, "X86_64", "Linux");

    private final FakeEngine engine;
    private final InstanceId owner;
    private final List<Subscription> watching = new ArrayList<>();

    public FakeRuntime(FakeEngine engine, InstanceId owner) {
        this.engine = engine;
        this.owner = owner;
    }

    @Override
    public RuntimeInfo info() throws ContainerException {
        return engine.faults.strike(Operation.INFO, () -> INFO);
    }

    @Override
    public void ping() throws ContainerException {
        engine.faults.strike(Operation.PING, () -> true);
    }

    @Override
    public Optional<String> hostAddress() {
        return Optional.of("127.0.0.1");
    }

    @Override
    public Map<String, String> stats(Collection<String> ids) throws ContainerException {
        Map<String, String> stats = new TreeMap<>();
        for (Container container : list())
            if (ids.contains(container.id()) && container.isAlive())
                stats.put(container.id(), "{\"id\":\"" + container.id() + "\"}");
        return stats;
    }

    @Override
    public List<Container> list() throws ContainerException {
        return engine.faults.strike(Operation.LIST, () -> engine.byName.values().stream()
                .filter(container -> container.owner.equals(owner))
                .map(this::seen)
                .sorted(Comparator.comparing(Container::createdAt).thenComparing(Container::id))
                .toList());
    }

    @Override
    public Optional<Container> inspect(String id) throws ContainerException {
        return engine.faults.strike(Operation.INSPECT, () -> Optional.ofNullable(engine.find(id))
                .filter(container -> container.owner.equals(owner))
                .map(this::seen));
    }

    private Container seen(FakeContainer container) {
        return container.seen(engine.now(), engine.verdict(container));
    }

    @Override
    public Image pull(PullRequest request, PullProgress progress) throws ContainerException {
        Image here = engine.images.get(request.reference());
        if (here != null && suffices(here, request)) return here;
        try {
            return engine.faults.strike(Operation.PULL, () -> fetch(request.reference()));
        } catch (ContainerException e) {
            boolean fallBack = here != null && request.behavior() == PullBehavior.DEFAULT;
            if (fallBack && !e.isTransient() && e.code() != Code.CANNOT_PULL_AUTH) return here;
            throw e;
        }
    }

    private static boolean suffices(Image here, PullRequest request) {
        return here.digest() == null
                || ImageName.digestOf(request.reference()).isPresent()
                || request.behavior() == PullBehavior.PREFER_CACHED;
    }

    private Image fetch(String reference) throws ContainerException {
        Image image = engine.registry
                .find(reference, engine.now())
                .orElseThrow(() -> new ContainerException(
                        Code.CANNOT_PULL_MANIFEST, "manifest for " + reference + " not found", null));
        engine.images.put(reference, image);
        engine.images.put(ImageName.at(reference, String.valueOf(image.digest())), image);
        return image;
    }

    @Override
    public Optional<Image> image(String reference) throws ContainerException {
        return engine.faults.strike(Operation.IMAGE, () -> Optional.ofNullable(engine.images.get(reference)));
    }

    @Override
    public List<Image> listImages() throws ContainerException {
        return engine.faults.strike(Operation.IMAGE, () -> List.copyOf(new LinkedHashSet<>(engine.images.values())));
    }

    @Override
    public boolean removeImage(String idOrReference) throws ContainerException {
        return engine.faults.strike(Operation.IMAGE, () -> {
            boolean used = engine.byName.values().stream()
                    .anyMatch(one -> idOrReference.equals(one.image) || idOrReference.equals(one.imageId));
            if (!used)
                engine.images
                        .entrySet()
                        .removeIf(entry -> idOrReference.equals(entry.getKey())
                                || idOrReference.equals(entry.getValue().id()));
            return !used;
        });
    }

    @Override
    public String createNetworkHolder(TaskSpec task) throws ContainerException {
        String id = engine.faults.strike(Operation.CREATE, () -> {
            List<PortMapping> ports = new ArrayList<>();
            task.definition().containerDefinitions().stream()
                    .flatMap(one -> one.portMappings().stream())
                    .map(port -> new PortMapping(
                            port.containerPort(),
                            0,
                            port.protocol(),
                            port.name(),
                            port.appProtocol(),
                            port.containerPortRange()))
                    .forEach(ports::add);
            return put(new FakeContainer(
                            owner,
                            Names.networkHolder(task.task()),
                            engine.nextId(),
                            task.task(),
                            Container.NETWORK_HOLDER,
                            "network-holder",
                            "sha256:network-holder",
                            ports,
                            false,
                            Labels.ofNetworkHolder(task),
                            List.of(),
                            null,
                            new Program(null, 0, true, false, null),
                            engine.now()))
                    .id;
        });
        start(id);
        return id;
    }

    @Override
    public String create(ContainerSpec spec) throws ContainerException {
        return engine.faults.strike(Operation.CREATE, () -> {
            ContainerDefinition container = spec.container();
            Image image = engine.images.get(container.image());
            if (image == null)
                throw ContainerException.notFound(Code.CANNOT_CREATE, "No such image: " + container.image(), null);
            NetworkMode mode = spec.task().definition().networkModeOrDefault();
            if (mode == NetworkMode.AWSVPC
                    && !engine.byName.containsKey(
                            Names.networkHolder(spec.task().task())))
                throw ContainerException.notFound(Code.CANNOT_CREATE, "the task has no network holder", null);
            return put(container(spec, image, mode)).id;
        });
    }

    private FakeContainer container(ContainerSpec spec, Image image, NetworkMode mode) {
        ContainerDefinition container = spec.container();
        boolean publishes = mode == NetworkMode.BRIDGE || mode == NetworkMode.HOST;
        return new FakeContainer(
                owner,
                Names.container(spec.task().task(), container.name()),
                engine.nextId(),
                spec.task().task(),
                container.name(),
                container.image(),
                image.id(),
                publishes ? container.portMappings() : List.of(),
                mode == NetworkMode.HOST,
                Labels.of(spec),
                container.mountPoints().stream()
                        .map(mount -> Names.taskVolume(spec.task().task(), mount.sourceVolume()))
                        .toList(),
                container.healthCheck(),
                engine.programOf(container.name(), container.command()),
                engine.now());
    }

    private FakeContainer put(FakeContainer made) throws ContainerException {
        FakeContainer there = engine.byName.putIfAbsent(made.engineName, made);
        if (there == null) {
            engine.changed(owner);
            return made;
        }
        if (there.owner.equals(owner) && there.task.equals(made.task) && there.name.equals(made.name)) return there;
        throw new ContainerException(Code.CANNOT_CREATE, "the name " + made.engineName + " is in use", null);
    }

    @Override
    public void start(String id) throws ContainerException {
        engine.faults.strike(Operation.START, () -> {
            engine.start(engine.require(id, Code.CANNOT_START));
            return id;
        });
    }

    @Override
    public void stop(String id, Duration timeout) throws ContainerException {
        engine.faults.strike(Operation.STOP, () -> {
            FakeContainer container = engine.find(id);
            if (container != null) engine.stop(container, timeout);
            return id;
        });
    }

    @Override
    public void kill(String id) throws ContainerException {
        engine.faults.strike(Operation.KILL, () -> {
            FakeContainer container = engine.find(id);
            if (container != null) engine.kill(container);
            return id;
        });
    }

    @Override
    public void remove(String id) throws ContainerException {
        engine.faults.strike(Operation.REMOVE, () -> {
            FakeContainer container = engine.find(id);
            if (container == null) return id;
            engine.kill(container);
            engine.byName.remove(container.engineName);
            engine.changed(owner);
            return id;
        });
    }

    /** A check passes unless the engine is told otherwise of the container's name, or its command is to exit with another code. */
    @Override
    public Finding check(String id, @Nullable String address, HealthCheck check) throws ContainerException {
        return engine.faults.strike(Operation.CHECK, () -> {
            FakeContainer container = engine.require(id, Code.CANNOT_INSPECT);
            if (address == null) return Finding.failed("the container has no address");
            if (!container.isRunning()) return Finding.failed("nothing answers");
            if (engine.failsChecks(container)) return Finding.failed("it is busy");
            if (engine.verdict(container) != HealthStatus.HEALTHY) return Finding.failed("not healthy");
            if (check.kind().isFromOutside()) return Finding.PASSED;
            int exitCode = Program.parse(
                            check.command().subList(1, check.command().size()))
                    .exitCode();
            return exitCode == 0 ? Finding.PASSED : Finding.failed("exited with " + exitCode);
        });
    }

    /** {@code exit CODE ...} exits with that, {@code ignore-term} does not end; all else exits with 0. */
    @Override
    public Finding exec(String id, List<String> command, Duration timeout) throws ContainerException {
        return engine.faults.strike(Operation.EXEC, () -> {
            FakeContainer container = engine.require(id, Code.CANNOT_INSPECT);
            if (!container.isRunning()) throw new ContainerException(Code.CANNOT_INSPECT, "it does not run", null);
            container.print(new LogLine(engine.now(), false, "exec " + String.join(" ", command)));
            Program program = Program.parse(command);
            if (program.ignoresTerm()) return Finding.failed("has not ended within " + timeout.toSeconds() + " s");
            return program.exitCode() == 0 ? Finding.PASSED : Finding.failed("exited with " + program.exitCode());
        });
    }

    @Override
    public void createVolume(TaskSpec task, String volume) throws ContainerException {
        engine.faults.strike(Operation.VOLUME, () -> engine.volumes.add(Names.taskVolume(task.task(), volume)));
    }

    @Override
    public void removeVolumes(TaskSpec task) throws ContainerException {
        engine.faults.strike(Operation.VOLUME, () -> {
            for (Volume volume : task.definition().volumes()) {
                String name = Names.taskVolume(task.task(), volume.name());
                if (engine.byName.values().stream().anyMatch(one -> one.volumes.contains(name)))
                    throw new ContainerException(Code.CANNOT_REMOVE_VOLUME, name + " is in use", null);
                engine.volumes.remove(name);
            }
            return task;
        });
    }

    @Override
    public Subscription logs(String id, LogQuery query, LogSink sink) throws ContainerException {
        return engine.faults.strike(Operation.LOGS, () -> {
            FakeContainer container = engine.find(id);
            if (container == null) {
                sink.ended(ContainerException.notFound(Code.CANNOT_INSPECT, "No such container: " + id, null));
                return () -> {};
            }
            List<LogLine> lines = container.log.stream()
                    .filter(line -> query.since() == null || !line.at().isBefore(query.since()))
                    .toList();
            int skipped = query.tailLines() == null ? 0 : Math.max(0, lines.size() - query.tailLines());
            lines.stream().skip(skipped).forEach(sink::line);
            if (!query.follow() || !container.isRunning()) {
                sink.ended(null);
                return () -> {};
            }
            container.followers.add(sink);
            return () -> {
                if (container.followers.remove(sink)) sink.ended(null);
            };
        });
    }

    @Override
    public Subscription events(Runnable dirty) {
        Subscription watch = engine.watch(owner, dirty);
        watching.add(watch);
        dirty.run();
        return watch;
    }

    @Override
    public void close() {
        watching.forEach(Subscription::close);
    }
}
