package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.Action;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which of a table's actions a request meets: what every proxy has to do with it. Pure. */
public final class Routes {
    private Routes() {}

    /** @param id {@code PORT/default} or {@code PORT/PRIORITY}, unique within what one edge carries */
    public record Route(String id, Action action) {}

    static String id(Listener listener) {
        return listener.port() + "/default";
    }

    static String id(Listener listener, Rule rule) {
        return listener.port() + "/" + rule.priority();
    }

    /**
     * @param host of the request, with or without a port
     * @param path without the query
     * @return what the listener on the port does with it; empty when there is no listener
     */
    public static Optional<Route> of(RoutingTable table, int port, String host, String path) {
        return table.listeners().stream()
                .filter(listener -> listener.port() == port)
                .findFirst()
                .map(listener -> of(table, listener, host, path));
    }

    private static Route of(RoutingTable table, Listener listener, String host, String path) {
        return table.rules().stream()
                .filter(rule -> rule.listener().equals(listener.id()))
                .sorted(Comparator.comparingInt(Rule::priority))
                .filter(rule -> meets(rule.hosts(), host.replaceFirst(":[0-9]+$", ""), Pattern.CASE_INSENSITIVE))
                .filter(rule -> meets(rule.paths(), path, 0))
                .findFirst()
                .map(rule -> new Route(id(listener, rule), rule.action()))
                .orElse(new Route(id(listener), listener.defaultAction()));
    }

    private static boolean meets(List<String> patterns, String text, int flags) {
        return patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> Pattern.compile(regex(pattern), flags | Pattern.DOTALL)
                        .matcher(text)
                        .matches());
    }

    private static String regex(String pattern) {
        return Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    }
}
