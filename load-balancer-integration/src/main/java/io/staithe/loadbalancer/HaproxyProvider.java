package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Traffic through one HAProxy 2.6 or later. A configuration is loaded only after HAProxy itself has found it valid, and by
 * a reload that keeps the listening sockets; servers come and go through the Runtime API without one. It keeps no state
 * that matters: a provider that is made anew for the same folder finds the same proxy and goes on.
 */
public final class HaproxyProvider implements TrafficProvider {
    /** Of at most 200 bytes each, far below {@link HaproxySocket#MAX_COMMAND_BYTES}. */
    private static final int COMMANDS_AT_ONCE = 50;

    private final HaproxySettings settings;
    private final HaproxyProcess process;
    private final HaproxyStatistics statistics = new HaproxyStatistics();
    /** What was last seen, for the state in which servers begin after a crash. */
    private Map<ServerName, ObservedServer> known = Map.of();
    /** Whether former workers may still have requests; asked from the master until it says that none are left. */
    private boolean mayHaveFormer = true;
    /** When there was the last reload, or might have been, by {@link System#nanoTime}. */
    private long loadedAt = System.nanoTime();

    /** Makes the folder when it is absent, and touches nothing that runs. */
    public HaproxyProvider(HaproxySettings settings) throws IOException {
        this.settings = settings;
        this.process = new HaproxyProcess(settings);
        Files.createDirectories(
                settings.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(settings.folder(), PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public String fingerprint(RoutingTable table) {
        return HaproxyConfiguration.fingerprint(settings, table);
    }

    @Override
    public Observation observe() throws IOException {
        try {
            Observation seen =
                    statistics.read(process.runtime().ask(HaproxyStatistics.commands(settings)), elsewhere());
            known = seen.servers();
            return seen;
        } catch (IOException e) {
            if (process.isRunning()) throw e;
            return Observation.NOT_RUNNING;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Requests that former workers still have, and for a while after a reload one more for each of their servers: a client's
     * idle connection from before it brings its next request to a former worker. HAProxy 2.6 lets servers there neither be
     * drained nor replaced ("Proxy is disabled"), so their targets have to stay as long as such a request may come.
     */
    private Map<ServerName, Integer> elsewhere() throws IOException {
        Map<ServerName, Integer> elsewhere = new HashMap<>();
        int expected = System.nanoTime() - loadedAt < HaproxyConfiguration.IDLE.toNanos() ? 1 : 0;
        for (long worker : formerWorkers())
            HaproxyStatistics.sessions(process.master().ask(at(worker, HaproxyStatistics.SESSIONS_COMMAND)))
                    .forEach((server, sessions) -> elsewhere.merge(server, sessions + expected, Integer::sum));
        return elsewhere;
    }

    @Override
    public Outcome act(EdgeAction action) {
        try {
            if (action instanceof EdgeAction.Configure configure) return configure(configure.table());
            if (action instanceof EdgeAction.SetSplits set) return split(set.splits());
            if (action instanceof EdgeAction.AddServer add) return add(add);
            if (action instanceof EdgeAction.SetReady ready) return ready(ready.server());
            if (action instanceof EdgeAction.SetDrain drain) return drain(drain.server());
            if (action instanceof EdgeAction.SetWeight set) return weigh(set.server(), set.weight());
            if (action instanceof EdgeAction.RemoveServer remove) return remove(remove.server());
            throw new IllegalStateException("unknown action " + action);
        } catch (IOException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the proxy and all it carries. An agent's own end does not call this: traffic goes on. */
    public void stop() throws IOException {
        process.stop();
    }

    private Outcome configure(RoutingTable table) throws IOException {
        Observation before = observe();
        Map<Integer, String> lacking = unavailable(table, before.ports());
        String wanted = fingerprint(table);
        boolean loaded = before.running() && before.fingerprint().equals(wanted);
        boolean ports = table.listeners().stream()
                .map(Listener::port)
                .allMatch(port -> before.ports().contains(port) || lacking.containsKey(port));
        if (!loaded || !ports) {
            Optional<String> refused = load(table, lacking.keySet(), before);
            if (refused.isPresent()) return new Outcome.Refused(refused.get());
        }
        return lacking.isEmpty() ? Outcome.DONE : new Outcome.Refused(String.join("; ", lacking.values()));
    }

    /**
     * One listener that cannot bind would keep HAProxy from loading all of the configuration, and {@code haproxy -c} does
     * not bind. So ports that the proxy does not have yet are tried first, and those that somebody else has are left out.
     */
    private Map<Integer, String> unavailable(RoutingTable table, Set<Integer> ours) throws IOException {
        Map<Integer, String> unavailable = new TreeMap<>();
        InetAddress address = settings.bindAddress().equals("*") ? null : InetAddress.getByName(settings.bindAddress());
        for (Listener listener : table.listeners()) {
            if (ours.contains(listener.port())) continue;
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(address, listener.port()));
            } catch (IOException e) {
                unavailable.put(
                        listener.port(),
                        "port %d of load balancer %s: %s"
                                .formatted(listener.port(), listener.loadBalancer(), e.getMessage()));
            }
        }
        return unavailable;
    }

    /** Empty when it is loaded; otherwise why not, and what was loaded before is, or is started again. */
    private Optional<String> load(RoutingTable table, Set<Integer> without, Observation before) throws IOException {
        String text = HaproxyConfiguration.render(settings, table, without);
        Files.writeString(settings.candidate(), text);
        String splits = HaproxySplits.file(fingerprint(table), Splits.of(table));
        replace(settings.splits(), HaproxySplits.file(fingerprint(table), Splits.of(table), splitsOnDisk()));
        replace(settings.states(), HaproxyStates.render(table, before.running() ? before.servers() : known));
        Optional<String> invalid = process.invalid(settings.candidate());
        if (invalid.isPresent()) {
            if (!before.running() && Files.exists(settings.lastGood())) startLastGood();
            return Optional.of("HAProxy refuses the configuration: " + invalid.get());
        }
        Files.move(
                settings.candidate(),
                settings.configuration(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try {
            if (before.running()) process.reload(fingerprint(table));
            else process.start(fingerprint(table));
        } catch (IOException e) {
            // A master that is told to reload, by whomever, finds what works.
            if (Files.exists(settings.lastGood()))
                replace(settings.configuration(), Files.readString(settings.lastGood()));
            throw e;
        } finally {
            mayHaveFormer = true;
            loadedAt = System.nanoTime();
        }
        replace(settings.lastGood(), text);
        replace(settings.splits(), splits);
        return Optional.empty();
    }

    private String splitsOnDisk() throws IOException {
        return Files.exists(settings.splits()) ? Files.readString(settings.splits()) : "";
    }

    private void startLastGood() throws IOException {
        String text = Files.readString(settings.lastGood());
        replace(settings.configuration(), text);
        process.start(HaproxyStatistics.fingerprint(text.replace("  description ", "description: ")));
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file first: what begins from now on begins with them. What fails half way is seen, and done again. */
    private Outcome split(Map<String, Split> splits) throws IOException {
        String loaded = HaproxyStatistics.fingerprint(process.runtime().ask("show info"));
        replace(settings.splits(), HaproxySplits.file(loaded, splits));
        List<String> commands = HaproxySplits.commands(settings.splits(), loaded, splits);
        for (int from = 0; from < commands.size(); from += COMMANDS_AT_ONCE) {
            int to = Math.min(from + COMMANDS_AT_ONCE, commands.size());
            String answer = process.runtime().ask(commands.subList(from, to));
            if (!answer.isBlank()) return failed(answer);
        }
        return Outcome.DONE;
    }

    private Outcome add(EdgeAction.AddServer add) throws IOException {
        String server = HaproxyNames.path(ServerName.of(add.target()));
        String address =
                HaproxyNames.address(add.target().address(), add.target().port());
        String options = HaproxyChecks.serverOptions(add.group());
        String added = process.runtime().ask("add server %s %s weight 0 %s".formatted(server, address, options));
        if (!added.contains("New server registered.")) return failed(added);
        return silent(process.runtime().ask(bringUp(server, SlowStart.first(add.group()))));
    }

    /**
     * From maintenance to the first check. HAProxy 2.6 takes a server that leaves maintenance for up; a weight of zero keeps
     * requests away until it has been told that the server is down, and the first passed check brings it up.
     */
    private static List<String> bringUp(String server, int weight) {
        return List.of(
                "set server " + server + " weight 0",
                "enable health " + server,
                "set server " + server + " state ready",
                "set server " + server + " health down",
                "set server " + server + " weight " + weight);
    }

    private Outcome ready(ServerName name) throws IOException {
        String server = HaproxyNames.path(name);
        ObservedServer seen = known.get(name);
        boolean unchecked = seen != null && seen.mode() == ObservedServer.Mode.MAINTENANCE;
        if (unchecked) return silent(process.runtime().ask(bringUp(server, SlowStart.LEAST)));
        return silent(process.runtime().ask("set server " + server + " state ready"));
    }

    private Outcome drain(ServerName name) throws IOException {
        return silent(process.runtime().ask("set server " + HaproxyNames.path(name) + " state drain"));
    }

    private Outcome weigh(ServerName name, int weight) throws IOException {
        return silent(process.runtime().ask("set server " + HaproxyNames.path(name) + " weight " + weight));
    }

    private Outcome remove(ServerName name) throws IOException {
        String server = HaproxyNames.path(name);
        String answer = process.runtime()
                .ask(List.of(
                        "set server " + server + " state maint",
                        "shutdown sessions server " + server,
                        "del server " + server));
        return answer.contains("Server deleted.") || answer.contains("No such server.") ? Outcome.DONE : failed(answer);
    }

    private List<Long> formerWorkers() throws IOException {
        if (!mayHaveFormer) return List.of();
        List<Long> former = process.workers().former();
        mayHaveFormer = !former.isEmpty();
        return former;
    }

    private static String at(long worker, String command) {
        return "@!" + worker + " " + command;
    }

    /** HAProxy says nothing when it has done what it was told. */
    private static Outcome silent(String answer) {
        return answer.isBlank() || answer.contains("No such server.") ? Outcome.DONE : failed(answer);
    }

    private static Outcome failed(String answer) {
        return new Outcome.Failed(
                "HAProxy: " + answer.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("; ")));
    }
}
