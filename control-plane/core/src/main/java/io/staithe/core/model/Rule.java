package io.staithe.core.model;

import java.util.List;

/**
 * Sends some of a listener's requests elsewhere. A request matches when it meets every condition; among the rules that
 * match, the one with the lowest priority wins.
 *
 * @param listener {@code LOADBALANCER:PORT}
 * @param priority 1 to 50,000, unique within the listener
 * @param hosts host names with {@code *} and {@code ?}, any of which may match; empty: every host
 * @param paths paths with {@code *} and {@code ?}, any of which may match; empty: every path
 */
public record Rule(String listener, int priority, List<String> hosts, List<String> paths, Action action, List<Tag> tags)
        implements Entity {
    public Rule {
        Check.that(listener != null && listener.matches("[a-zA-Z0-9_-]+:[0-9]+"), "listenerArn", "must be NAME:PORT");
        Check.range(priority, 1, 50_000, "priority");
        hosts = Check.list(hosts);
        paths = Check.list(paths);
        Check.that(!hosts.isEmpty() || !paths.isEmpty(), "conditions", "is required: host-header or path-pattern");
        Check.that(hosts.size() + paths.size() <= 5, "conditions", "must have at most 5 values");
        for (String host : hosts)
            Check.that(
                    host.matches("[a-zA-Z0-9.*?_-]{1,128}"),
                    "conditions",
                    "host-header must be a host name with * and ?");
        for (String path : paths)
            Check.that(
                    path.matches("[a-zA-Z0-9_.$/~'@:+&*?-]{1,128}"),
                    "conditions",
                    "path-pattern must be letters, digits and _-.$/~'@:+&*?");
        Check.that(action != null, "actions", "is required");
        tags = Check.list(tags);
    }

    @Override
    public Key key() {
        return new Key(Kind.RULE, listener + "/" + priority);
    }
}
