package io.staithe.loadbalancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads HAProxy's answers to {@link #COMMANDS}. Pure; what is not ours in them is passed over. */
final class HaproxyStatistics {
    /** Who is running, what is there, and what was asked of each server. {@code -1 7 -1}: everything of all proxies. */
    static final List<String> COMMANDS = List.of("show info", "show stat -1 7 -1", "show servers state");

    /** Only servers. */
    static final String SESSIONS_COMMAND = "show stat -1 4 -1";

    private static final String DESCRIPTION = "description: staithe-";

    private HaproxyStatistics() {}

    /**
     * @param answer to {@link #COMMANDS}
     * @param elsewhere requests that former workers still have, by server
     * @throws IllegalArgumentException when it is not such an answer
     */
    static Observation read(String answer, Map<ServerName, Integer> elsewhere) {
        List<Row> rows = rows(answer);
        Map<String, State> states = states(answer);
        Set<Integer> ports = new HashSet<>();
        Set<String> groups = new HashSet<>();
        Map<ServerName, ObservedServer> servers = new TreeMap<>();
        for (Row row : rows) {
            String proxy = get(row, "pxname");
            String server = get(row, "svname");
            if (server.equals("FRONTEND")) HaproxyNames.port(proxy).ifPresent(ports::add);
            else if (server.equals("BACKEND")) HaproxyNames.targetGroup(proxy).ifPresent(groups::add);
            else {
                Optional<ServerName> name = HaproxyNames.parse(proxy, server);
                State state = states.get(proxy + "/" + server);
                // A server that came or went between the two answers is seen the next time.
                if (name.isPresent() && state != null)
                    servers.put(name.get(), server(row, state, elsewhere.getOrDefault(name.get(), 0)));
            }
        }
        return new Observation(true, fingerprint(answer), ports, groups, servers);
    }

    /** How many requests each server has, in an answer to {@link #SESSIONS_COMMAND}. */
    static Map<ServerName, Integer> sessions(String answer) {
        Map<ServerName, Integer> sessions = new HashMap<>();
        for (Row row : rows(answer))
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
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.length() <= 160 ? plain : plain.substring(0, 160);
    }

    /** One line of {@code show servers state}. */
    private record State(String address, int port, int operational, int administrative, long secondsSinceChange) {
        ObservedServer.Mode mode() {
            if ((administrative & HaproxyStates.FORCED_MAINTENANCE) != 0) return ObservedServer.Mode.MAINTENANCE;
            if ((administrative & HaproxyStates.FORCED_DRAIN) != 0) return ObservedServer.Mode.DRAIN;
            return ObservedServer.Mode.READY;
        }
    }

    /** By {@code BACKEND/SERVER}. The columns are those of {@link HaproxyStates}. */
    private static Map<String, State> states(String answer) {
        Map<String, State> states = new HashMap<>();
        answer.lines()
                .dropWhile(line -> !line.startsWith("# be_id "))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.split(" "))
                .filter(columns -> columns.length >= 19)
                .forEach(columns -> states.put(
                        columns[1] + "/" + columns[3],
                        new State(
                                columns[4],
                                Integer.parseInt(columns[18]),
                                Integer.parseInt(columns[5]),
                                Integer.parseInt(columns[6]),
                                Long.parseLong(columns[9]))));
        return states;
    }

    /** @param columns where each column is in {@code cells}; shared by all rows */
    private record Row(Map<String, Integer> columns, List<String> cells) {}

    /** The lines of {@code show stat}. */
    private static List<Row> rows(String answer) {
        List<String> lines = answer.lines()
                .dropWhile(line -> !line.startsWith("# pxname,"))
                .takeWhile(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) throw new IllegalArgumentException("HAProxy's answer holds no statistics");
        List<String> names = cells(lines.get(0).substring(2));
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < names.size(); i++) columns.put(names.get(i), i);
        return lines.stream().skip(1).map(line -> new Row(columns, cells(line))).toList();
    }

    /** RFC 4180's quoting: a comma within quotes is text, a doubled quote is a quote. */
    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') cell.append(line.charAt(++i));
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else cell.append(c);
        }
        cells.add(cell.toString());
        return cells;
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
