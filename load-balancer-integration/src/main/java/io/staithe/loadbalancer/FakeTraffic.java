package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.Listener;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.WeightedTargetGroup;
import io.staithe.loadbalancer.ObservedServer.Mode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in memory: the executable specification of {@link TrafficProvider}, and the simulation's. No thread; time is
 * what the given source says. Checks are made, as of their time, whenever it is asked something. Beside the port it has
 * the world outside (backends that answer, fail or are dead; requests) and faults.
 */
public final class FakeTraffic implements TrafficProvider {
    /** What is behind an address. Nothing is until it is said. */
    public enum Backend {
        ANSWERS,
        /** Answers 503 to checks. */
        FAILS,
        /** Refuses connections. */
        DEAD
    }

    /**
     * @param body a backend's is its address, {@code HOST:PORT}
     * @param server which answered; null when the proxy did
     */
    public record Answer(int status, String body, @Nullable ServerName server) {}

    /** Steps of the golden ratio meet every share evenly, without chance. */
    private static final int GOLDEN = 618_033;

    private final InstantSource clock;
    private final Map<String, Backend> backends = new HashMap<>();
    private final Set<Integer> takenPorts = new HashSet<>();
    private final Map<ServerName, FakeServer> servers = new TreeMap<>();
    private final Map<ServerName, Integer> requests = new HashMap<>();
    private RoutingTable loaded = RoutingTable.EMPTY;
    private Set<Integer> ports = Set.of();
    private boolean running;
    private int loads;
    private Map<String, Split> splits = Map.of();
    private int drawn;

    private int failing;
    private int losing;
    private boolean hanging;
    private boolean refusing;

    public FakeTraffic(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String fingerprint(RoutingTable table) {
        RoutingTable still = Splits.without(table);
        return Integer.toHexString(List.of(still.listeners(), still.rules(), still.targetGroups())
                .toString()
                .hashCode());
    }

    @Override
    public Observation observe() throws IOException {
        if (hanging) throw new IOException("no answer");
        if (!running) return Observation.NOT_RUNNING;
        check();
        Map<ServerName, ObservedServer> seen = new TreeMap<>();
        servers.forEach((name, server) -> seen.put(name, server.seen(clock.instant(), sessions(name))));
        return new Observation(true, fingerprint(loaded), ports, groupNames(), splits, seen);
    }

    @Override
    public Outcome act(EdgeAction action) {
        if (hanging) return new Outcome.Failed("no answer");
        if (failing > 0) {
            failing--;
            return new Outcome.Failed("a fault");
        }
        check();
        Outcome outcome = does(action);
        if (losing == 0) return outcome;
        losing--;
        return new Outcome.Failed("the answer got lost");
    }

    private Outcome does(EdgeAction action) {
        if (action instanceof EdgeAction.Configure configure) return configure(configure.table());
        if (!running) return new Outcome.Failed("not running");
        if (action instanceof EdgeAction.SetSplits set) return split(set.splits());
        if (action instanceof EdgeAction.AddServer add) return add(add);
        if (action instanceof EdgeAction.SetReady ready) return set(ready.server(), Mode.READY);
        if (action instanceof EdgeAction.SetDrain drain) return set(drain.server(), Mode.DRAIN);
        if (action instanceof EdgeAction.SetWeight set) {
            FakeServer server = servers.get(set.server());
            if (server != null) server.weight(set.weight());
            return Outcome.DONE;
        }
        if (action instanceof EdgeAction.RemoveServer remove) {
            servers.remove(remove.server());
            requests.remove(remove.server());
            return Outcome.DONE;
        }
        throw new IllegalStateException("unknown action " + action);
    }

    private Outcome configure(RoutingTable table) {
        if (refusing) return new Outcome.Refused("refused");
        Map<ServerName, FakeServer> before = Map.copyOf(servers);
        servers.clear();
        loaded = table;
        splits = Splits.of(table);
        for (Target target : table.targets()) {
            Optional<TargetGroup> group = table.targetGroups().stream()
                    .filter(each -> each.name().equals(target.targetGroup()))
                    .findFirst();
            group.ifPresent(each -> carry(target, each, before.get(ServerName.of(target))));
        }
        running = true;
        loads++;
        ports = table.listeners().stream()
                .map(Listener::port)
                .filter(port -> !takenPorts.contains(port))
                .collect(Collectors.toUnmodifiableSet());
        return ports.size() == table.listeners().size() ? Outcome.DONE : new Outcome.Refused("a port is taken");
    }

    private void carry(Target target, TargetGroup group, @Nullable FakeServer before) {
        Mode mode = target.draining() ? Mode.DRAIN : Mode.READY;
        boolean up = before != null && before.isUp() && before.isAt(target.address(), target.port());
        int weight = up && before != null ? before.weight() : SlowStart.first(group);
        servers.put(ServerName.of(target), new FakeServer(target, group, mode, up, weight, clock.instant()));
    }

    private Outcome split(Map<String, Split> newSplits) {
        if (!newSplits.keySet().equals(splits.keySet())) return new Outcome.Failed("no such action");
        splits = newSplits;
        return Outcome.DONE;
    }

    private Outcome add(EdgeAction.AddServer add) {
        ServerName name = ServerName.of(add.target());
        if (!groupNames().contains(name.targetGroup())) return new Outcome.Failed("no such target group");
        if (servers.containsKey(name)) return new Outcome.Failed("there is one already");
        servers.put(
                name,
                new FakeServer(
                        add.target(), add.group(), Mode.READY, false, SlowStart.first(add.group()), clock.instant()));
        return Outcome.DONE;
    }

    private Outcome set(ServerName name, Mode mode) {
        FakeServer server = servers.get(name);
        if (server != null) server.mode(mode);
        return Outcome.DONE;
    }

    private void check() {
        if (!running) return;
        servers.values().forEach(server -> server.check(backendAt(server.address()), clock.instant()));
    }

    private Backend backendAt(String address) {
        return backends.getOrDefault(address, Backend.DEAD);
    }

    private Set<String> groupNames() {
        return loaded.targetGroups().stream().map(TargetGroup::name).collect(Collectors.toUnmodifiableSet());
    }

    private int sessions(ServerName name) {
        return requests.getOrDefault(name, 0);
    }

    // The world outside.

    /** What is behind an address from now on. */
    public void backend(String address, int port, Backend backend) {
        check();
        backends.put(address + ":" + port, backend);
    }

    /** A GET that is answered at once. */
    public Answer get(int port, String host, String path) {
        Answer answer = begin(port, host, path);
        if (answer.server() != null) end(answer.server());
        return answer;
    }

    /** A GET whose answer takes until {@link #end} of the server that has it. */
    public Answer begin(int port, String host, String path) {
        check();
        if (!running || !ports.contains(port)) throw new IllegalStateException("nobody listens on port " + port);
        Routes.Route route = Routes.of(loaded, port, host, path).orElseThrow();
        Action action = route.action();
        if (action.fixedResponse() != null) {
            String body = action.fixedResponse().messageBody();
            return new Answer(action.fixedResponse().statusCode(), body == null ? "" : body, null);
        }
        if (action.redirect() != null) return new Answer(action.redirect().statusCode(), "", null);
        return forward(chosen(route));
    }

    private String chosen(Routes.Route route) {
        List<WeightedTargetGroup> groups = Split.groups(route.action());
        if (groups.size() == 1) return groups.get(0).targetGroup();
        drawn = (drawn + GOLDEN) % Split.PARTS;
        return groups.get(Objects.requireNonNull(splits.get(route.id())).choose(drawn))
                .targetGroup();
    }

    private Answer forward(String group) {
        List<ServerName> usable = servers.entrySet().stream()
                .filter(entry -> entry.getKey().targetGroup().equals(group))
                .filter(entry -> entry.getValue().isUsable())
                .map(Map.Entry::getKey)
                .toList();
        for (ServerName name : inTurn(usable)) {
            FakeServer server = Objects.requireNonNull(servers.get(name));
            if (backendAt(server.address()) == Backend.DEAD) continue;
            requests.merge(name, 1, Integer::sum);
            return new Answer(200, server.address(), name);
        }
        return new Answer(503, "", null);
    }

    /** Each gets requests by its weight, evenly: all are owed their weight, and the first is charged what all are owed. */
    private List<ServerName> inTurn(List<ServerName> usable) {
        int sum = 0;
        for (ServerName name : usable) {
            FakeServer server = Objects.requireNonNull(servers.get(name));
            server.credit(server.weight());
            sum += server.weight();
        }
        List<ServerName> order = usable.stream()
                .sorted(Comparator.comparingInt((ServerName name) ->
                                -Objects.requireNonNull(servers.get(name)).credit())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (!order.isEmpty()) Objects.requireNonNull(servers.get(order.get(0))).credit(-sum);
        return order;
    }

    /** One of the server's requests has its answer. */
    public void end(ServerName server) {
        requests.computeIfPresent(server, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Which servers would get a request now: for assertions. */
    public Set<ServerName> usable() {
        check();
        return servers.entrySet().stream()
                .filter(entry -> entry.getValue().isUsable())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How often a configuration has been loaded. */
    public int loads() {
        return loads;
    }

    // Faults.

    /** The process and all requests in it end. */
    public void crash() {
        check();
        running = false;
        servers.clear();
        requests.clear();
        ports = Set.of();
    }

    /** The next actions fail and have no effect. */
    public void failNext(int actions) {
        failing = actions;
    }

    /** The next actions have their effect, but nobody learns it. */
    public void loseAnswers(int actions) {
        losing = actions;
    }

    /** Nothing is answered. */
    public void hang(boolean hangs) {
        hanging = hangs;
    }

    /** No configuration is found valid. */
    public void refuse(boolean refuses) {
        refusing = refuses;
    }

    /** Somebody else has the port, or no longer. */
    public void takePort(int port, boolean taken) {
        if (taken) takenPorts.add(port);
        else takenPorts.remove(port);
    }
}
