package io.staithe.loadbalancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads HAProxy's answers to {@link #commands}; what is not ours in them is passed over. For one thread. */
final class HaproxyStatistics {
    /** For {@link #read}: who is running, what is there, and what was asked of each server. {@code -1 7 -1}: everything of all proxies. */
    private static final List<String> COMMANDS = List.of("show info", "show stat -1 7 -1", "show servers state");

    /** Only servers. */
    static final String SESSIONS_COMMAND = "show stat -1 4 -1";

    private static final Set<String> COLUMNS =
            Set.of("pxname", "svname", "scur", "qcur", "check_status", "check_code", "check_desc", "last_chk");

    /** Names, address, states, weight, time since the last change and port, as {@link HaproxyStates} writes them. */
    private static final BitSet STATE_COLUMNS = BitSet.valueOf(new long[] {
        1 << 1 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 9 | 1 << 18,
    });

    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
    private static final String DESCRIPTION = "description: staithe-";

    /** What each {@code BACKEND/SERVER} of the last answer is called: to read a thousand names is as long as all the rest. */
    private Map<String, Optional<ServerName>> names = Map.of();

    static List<String> commands(HaproxySettings settings) {
        List<String> commands = new ArrayList<>(COMMANDS);
        commands.add("show map " + settings.splits());
        return commands;
    }

    /**
     * @param answer to {@link #commands}
     * @param elsewhere requests that former workers still have, by server
     * @throws IllegalArgumentException when it is not such an answer
     */
    Observation read(String answer, Map<ServerName, Integer> elsewhere) {
        List<String> lines = answer.lines().toList();
        List<Row> rows = rows(lines);
        Map<String, State> states = states(lines);
        Set<Integer> ports = new HashSet<>();
        Set<String> groups = new HashSet<>();
        Map<ServerName, ObservedServer> servers = new TreeMap<>();
        Map<String, Optional<ServerName>> read = new HashMap<>();
        for (Row row : rows) {
            String proxy = get(row, "pxname");
            String server = get(row, "svname");
            if (server.equals("FRONTEND")) HaproxyNames.port(proxy).ifPresent(ports::add);
            else if (server.equals("BACKEND")) HaproxyNames.targetGroup(proxy).ifPresent(groups::add);
            else {
                String path = proxy + "/" + server;
                Optional<ServerName> name = names.containsKey(path)
                        ? Objects.requireNonNull(names.get(path))
                        : HaproxyNames.parse(proxy, server);
                read.put(path, name);
                State state = states.get(path);
                // A server that came or went between the two answers is seen the next time.
                if (name.isPresent() && state != null)
                    servers.put(name.get(), server(row, state, elsewhere.getOrDefault(name.get(), 0)));
            }
        }
        names = read;
        String fingerprint = fingerprint(answer);
        return new Observation(true, fingerprint, ports, groups, HaproxySplits.read(lines, fingerprint), servers);
    }

    /** How many requests each server has, in an answer to {@link #SESSIONS_COMMAND}. */
    static Map<ServerName, Integer> sessions(String answer) {
        Map<ServerName, Integer> sessions = new HashMap<>();
        for (Row row : rows(answer.lines().toList()))
            HaproxyNames.parse(get(row, "pxname"), get(row, "svname"))
                    .ifPresent(name -> sessions.put(name, number(row, "scur") + number(row, "qcur")));
        return sessions;
    }

    /** Of the configuration that the answering process runs; empty when it is none of ours. */
    static String fingerprint(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith(DESCRIPTION))
                .map(line -> line.substring(DESCRIPTION.length()).strip())
                .findFirst()
                .orElse("");
    }

    private static ObservedServer server(Row row, State state, int elsewhere) {
        return new ObservedServer(
                state.address,
                state.port,
                state.mode(),
                state.operational != HaproxyStates.STOPPED,
                Duration.ofSeconds(state.secondsSinceChange),
                state.weight,
                number(row, "scur") + number(row, "qcur") + elsewhere,
                check(row));
    }

    /** {@code L7STS 503: Layer7 wrong status}; a star says that the next check is under way, which is no news. */
    private static String check(Row row) {
        String status = get(row, "check_status");
        if (status.startsWith("* ")) status = status.substring(2);
        if (status.isEmpty() || status.equals("INI") || status.equals("UNK")) return TargetLife.UNCHECKED;
        String code = get(row, "check_code");
        String described = get(row, "check_desc");
        String detail = get(row, "last_chk");
        return status + (code.isEmpty() || code.equals("0") ? "" : " " + code) + ": " + described
                + (detail.isEmpty() ? "" : " (" + bounded(detail) + ")");
    }

    private static String bounded(String text) {
        String plain = UNPRINTABLE.matcher(text).replaceAll("?");
        return plain.length() <= 160 ? plain : plain.substring(0, 160);
    }

    /** One line of {@code show servers state}. */
    private record State(
            String address, int port, int operational, int administrative, int weight, long secondsSinceChange) {
        ObservedServer.Mode mode() {
            if ((administrative & HaproxyStates.FORCED_MAINTENANCE) != 0) return ObservedServer.Mode.MAINTENANCE;
            if ((administrative & HaproxyStates.FORCED_DRAIN) != 0) return ObservedServer.Mode.DRAIN;
            return ObservedServer.Mode.READY;
        }
    }

    /** By {@code BACKEND/SERVER}. */
    private static Map<String, State> states(List<String> answer) {
        Map<String, State> states = new HashMap<>();
        answer.stream()
                .dropWhile(line -> !line.startsWith("# be_id "))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> Cells.of(line, ' ', STATE_COLUMNS))
                .filter(cells -> cells.size() == STATE_COLUMNS.length())
                .forEach(cells -> states.put(
                        cells.get(1) + "/" + cells.get(3),
                        new State(
                                cells.get(4),
                                Integer.parseInt(cells.get(18)),
                                Integer.parseInt(cells.get(5)),
                                Integer.parseInt(cells.get(6)),
                                Integer.parseInt(cells.get(7)),
                                Long.parseLong(cells.get(9)))));
        return states;
    }

    /** @param columns where each column is in {@code cells}; shared by all rows */
    private record Row(Map<String, Integer> columns, List<String> cells) {}

    /** The lines of {@code show stat}: of their hundred columns only {@link #COLUMNS}. */
    private static List<Row> rows(List<String> answer) {
        List<String> lines = answer.stream()
                .dropWhile(line -> !line.startsWith("# pxname,"))
                .takeWhile(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) throw new IllegalArgumentException("HAProxy's answer holds no statistics");
        String[] names = lines.get(0).substring(2).split(",");
        Map<String, Integer> columns = new HashMap<>();
        BitSet wanted = new BitSet();
        for (int i = 0; i < names.length; i++) {
            if (!COLUMNS.contains(names[i])) continue;
            columns.put(names[i], i);
            wanted.set(i);
        }
        return lines.stream()
                .skip(1)
                .map(line -> new Row(columns, Cells.of(line, ',', wanted)))
                .toList();
    }

    private static String get(Row row, String column) {
        Integer at = row.columns.get(column);
        return at == null || at >= row.cells.size() ? "" : row.cells.get(at);
    }

    private static int number(Row row, String column) {
        String value = get(row, column);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }
}
