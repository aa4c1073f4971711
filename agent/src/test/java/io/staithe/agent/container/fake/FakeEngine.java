package io.staithe.agent.container.fake;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.Subscription;
import io.staithe.agent.container.Image;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.PortMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a container engine: what is there whether an agent looks or not. Time passes only in {@link #advanceTo}.
 * Any image can be pulled from its
 * {@link FakeRegistry} unless that says otherwise.
 */
public final class FakeEngine {
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    final Faults faults = new Faults();
    final Map<String, FakeContainer> byName = new LinkedHashMap<>();
    final Map<String, Image> images = new TreeMap<>();
    final Set<String> volumes = new HashSet<>();
    final FakeRegistry registry;
    private final Map<String, Program> programs = new HashMap<>();
    private final Map<String, HealthStatus> verdicts = new HashMap<>();
    private final Set<String> failingChecks = new HashSet<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private Consumer<Signal> signals = signal -> {};
    private long created;
    private int lastEphemeralPort = FIRST_EPHEMERAL_PORT - 1;
    private Instant now;

    public FakeEngine(Instant now) {
        this(now, new FakeRegistry());
    }

    /** One of several that share a registry. */
    public FakeEngine(Instant now, FakeRegistry registry) {
        this.now = now;
        this.registry = registry;
    }

    public Faults faults() {
        return faults;
    }

    public Instant now() {
        return now;
    }

    /** Who is told of each signal that the engine sends because it was asked to: for those who check. */
    public void signals(Consumer<Signal> told) {
        signals = told;
    }

    /** Lets time pass: what ends by then has ended at its own time. Going back does nothing. */
    public void advanceTo(Instant to) {
        List<FakeContainer> ending = new ArrayList<>();
        for (FakeContainer container : byName.values()) {
            Instant end = container.endsAt();
            if (end != null && !end.isAfter(to)) ending.add(container);
        }
        ending.sort(Comparator.comparing(FakeContainer::endsAt));
        for (FakeContainer container : ending) ends(container, container.endsAt());
        if (to.isAfter(now)) now = to;
    }

    /** When the next container ends by itself; absent: none does. */
    public @Nullable Instant nextEnd() {
        return byName.values().stream()
                .map(FakeContainer::endsAt)
                .filter(end -> end != null)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What containers of this name in their definition do from their next start on, whatever their command says. */
    public void program(String container, Program program) {
        programs.put(container, program);
    }

    /** What the health checks of containers of this name say. Without this: healthy. */
    public void health(String container, HealthStatus verdict) {
        verdicts.put(container, verdict);
        byName.values().stream()
                .filter(one -> one.name.equals(container))
                .map(one -> one.owner)
                .forEach(this::changed);
    }

    /**
     * Begins to stop a container, as an engine does for whoever waits: SIGTERM now, and its end as time passes.
     *
     * @param timeout until SIGKILL
     * @param shutdown how long it takes to end, if it heeds the signal
     * @return when it will have ended; now, where nothing runs
     */
    public Instant terminate(String id, Duration timeout, Duration shutdown) {
        FakeContainer container = find(id);
        if (container == null || !container.isRunning()) return now;
        signals.accept(new Signal(Signal.Kind.TERM, container.task, container.name, id, now));
        container.terminate(timeout, shutdown, now);
        Instant end = container.endsAt();
        return end == null ? now : end;
    }

    /** Whether the checks that an agent makes of this container fail. */
    public void failChecks(String id, boolean fail) {
        if (fail) failingChecks.add(id);
        else failingChecks.remove(id);
    }

    /** No check fails any more because of {@link #failChecks}. */
    public void passChecks() {
        failingChecks.clear();
    }

    /** Ends a running container from outside, as a crash does. */
    public void crash(String id, int exitCode) throws ContainerException {
        FakeContainer container = require(id, Code.CANNOT_INSPECT);
        if (container.isRunning()) container.exited(exitCode, false, now);
        changed(container.owner);
    }

    /** Puts an image there that no registry has. */
    public void build(String reference) {
        images.put(reference, new Image("sha256:" + reference, List.of(reference), null, 1, now));
    }

    /** No registry has this image. */
    public void missing(String reference) {
        registry.missing(reference);
    }

    /** The host is restarted: nothing runs any more, everything is still there. */
    public void reboot() {
        for (FakeContainer container : byName.values())
            if (container.isRunning()) container.exited(Program.KILLED, false, now);
    }

    /** Everything that is here, of every owner and whatever the faults: for those who check. */
    public List<Container> containers() {
        return byName.values().stream()
                .map(container -> container.seen(now, verdict(container)))
                .toList();
    }

    /** The host ports behind which something runs. */
    public Set<Integer> answering() {
        Set<Integer> ports = new HashSet<>();
        for (FakeContainer container : byName.values())
            if (container.isRunning()) container.bindings.forEach(binding -> ports.add(binding.hostPort()));
        return ports;
    }

    Program programOf(String container, List<String> command) {
        return programs.getOrDefault(container, Program.parse(command));
    }

    HealthStatus verdict(FakeContainer container) {
        return verdicts.getOrDefault(container.name, HealthStatus.HEALTHY);
    }

    String nextId() {
        return String.format("%064x", ++created);
    }

    @Nullable
    FakeContainer find(String id) {
        return byName.values().stream()
                .filter(container -> container.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    FakeContainer require(String id, Code code) throws ContainerException {
        FakeContainer found = find(id);
        if (found == null) throw ContainerException.notFound(code, "No such container: " + id, null);
        return found;
    }

    void start(FakeContainer container) throws ContainerException {
        if (container.isRunning()) return;
        List<NetworkBinding> published = publish(container);
        container.program = programs.getOrDefault(container.name, container.program);
        container.started(published, now);
        changed(container.owner);
        advanceTo(now);
    }

    /** As one who waits for its end sees it, but in no time. */
    void stop(FakeContainer container, Duration timeout) {
        terminate(container.id, timeout, Duration.ZERO);
        if (container.isRunning()) ends(container, now);
    }

    private void ends(FakeContainer container, Instant at) {
        boolean killed = container.ends(at);
        if (killed) signals.accept(new Signal(Signal.Kind.KILL, container.task, container.name, container.id, at));
        changed(container.owner);
    }

    /** SIGKILL at once. */
    void kill(FakeContainer container) {
        if (!container.isRunning()) return;
        signals.accept(new Signal(Signal.Kind.KILL, container.task, container.name, container.id, now));
        container.exited(Program.KILLED, false, now);
        changed(container.owner);
    }

    boolean failsChecks(FakeContainer container) {
        return failingChecks.contains(container.id);
    }

    Subscription watch(InstanceId owner, Runnable dirty) {
        Watcher watcher = new Watcher(owner, dirty);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void changed(InstanceId owner) {
        if (faults.isAway()) return;
        for (Watcher watcher : List.copyOf(watchers)) if (watcher.owner.equals(owner)) watcher.dirty.run();
    }

    /** Compared by identity: the same agent may watch twice. */
    private static final class Watcher {
        final InstanceId owner;
        final Runnable dirty;

        Watcher(InstanceId owner, Runnable dirty) {
            this.owner = owner;
            this.dirty = dirty;
        }
    }

    private List<NetworkBinding> publish(FakeContainer container) throws ContainerException {
        Set<HostPort> taken = taken();
        List<NetworkBinding> bindings = new ArrayList<>();
        for (PortMapping mapping : container.ports)
            for (int port = mapping.firstContainerPort(); port <= mapping.lastContainerPort(); port++) {
                String protocol = mapping.protocolOrDefault();
                int fixed = container.onHostNetwork ? port : mapping.fixedHostPort();
                int host = fixed != 0 ? fixed : nextEphemeralPort(protocol, taken);
                if (!taken.add(new HostPort(protocol, host)))
                    throw new ContainerException(
                            Code.CANNOT_START, "Bind for 0.0.0.0:" + host + " failed: port is already allocated", null);
                bindings.add(new NetworkBinding("0.0.0.0", port, host, protocol));
            }
        return bindings;
    }

    private Set<HostPort> taken() {
        Set<HostPort> taken = new HashSet<>();
        for (FakeContainer container : byName.values())
            container.bindings.forEach(binding -> taken.add(new HostPort(binding.protocol(), binding.hostPort())));
        return taken;
    }

    private int nextEphemeralPort(String protocol, Set<HostPort> taken) {
        do lastEphemeralPort = lastEphemeralPort == 65_535 ? FIRST_EPHEMERAL_PORT : lastEphemeralPort + 1;
        while (taken.contains(new HostPort(protocol, lastEphemeralPort)));
        return lastEphemeralPort;
    }
}
