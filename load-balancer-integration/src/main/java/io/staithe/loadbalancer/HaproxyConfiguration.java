package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.WeightedTargetGroup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A routing table as HAProxy's configuration. Pure. All text of users goes through {@link Token}.
 *
 * <p>The servers are in it although they are added and removed at run time, so that a reload or a restart begins with
 * them; {@link HaproxyStates} says in which state each begins.
 */
final class HaproxyConfiguration {
    /** Of clients at a time; more wait in the kernel's backlog. Each takes two open files, and 35 kB in the worst case. */
    static final int MAX_CONNECTIONS = 8_000;

    /** How long a connection without a request is kept; so long after a reload may one come to a former worker. */
    static final Duration IDLE = Duration.ofSeconds(10);

    /** The shortest time that a former worker's requests have after a reload, in seconds. */
    static final int MIN_HARD_STOP_SECONDS = 60;

    /**
     * How often a request that has no answer yet is sent to another target. Of a group that has lost most of its targets at once
     * a request meets many dead ones before their checks have noticed; each costs no time, or {@code timeout connect}.
     */
    static final int RETRIES = 10;

    /** Ids of backends begin here; HAProxy numbers frontends from 2. They only have to be the same in the state file. */
    static final int FIRST_BACKEND_ID = 100_001;

    private final HaproxySettings settings;
    private final RoutingTable table;
    private final Set<String> groups = new TreeSet<>();
    private final StringBuilder text = new StringBuilder();
    private String fingerprint = "";

    private HaproxyConfiguration(HaproxySettings settings, RoutingTable table) {
        this.settings = settings;
        this.table = table;
        table.targetGroups().forEach(group -> groups.add(group.name()));
    }

    /**
     * The text that carries the table except for some ports.
     *
     * @param without ports that cannot be had now
     */
    static String render(HaproxySettings settings, RoutingTable table, Set<Integer> without) {
        return new HaproxyConfiguration(settings, table).all(fingerprint(settings, table), without);
    }

    /** Of all that a reload is needed for: the text without its servers. */
    static String fingerprint(HaproxySettings settings, RoutingTable table) {
        RoutingTable still = new RoutingTable(table.listeners(), table.rules(), table.targetGroups(), List.of());
        String all = new HaproxyConfiguration(settings, still).all("", Set.of());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String all(String itsFingerprint, Set<Integer> without) {
        fingerprint = itsFingerprint;
        line(
                "# Written by Staithe, which replaces it when listeners, rules or target groups change; weights are in splits.map.");
        global();
        defaults();
        for (Listener listener : table.listeners()) if (!without.contains(listener.port())) frontend(listener);
        int id = FIRST_BACKEND_ID;
        for (TargetGroup group : table.targetGroups()) backend(group, id++);
        backendOfNoGroup();
        return text.toString();
    }

    private void global() {
        line("global");
        line("  description staithe-" + fingerprint);
        line("  stats socket " + settings.runtimeSocket() + " mode 600 level admin");
        line("  stats timeout 10s");
        line("  server-state-file " + settings.states());
        line("  maxconn " + MAX_CONNECTIONS);
        // Where the host allows fewer open files, fewer connections are better than none.
        line("  no strict-limits");
        line("  hard-stop-after " + hardStopSeconds() + "s");
        line("  mworker-max-reloads 32");
        // Servers that come and go are no news here: they would fill the log.
        line("  quiet");
    }

    /** Requests in a former worker have as long as a target's that leaves. */
    private int hardStopSeconds() {
        return table.targetGroups().stream()
                .mapToInt(TargetGroup::deregistrationDelay)
                .reduce(MIN_HARD_STOP_SECONDS, Math::max);
    }

    private void defaults() {
        line("defaults");
        line("  mode http");
        line("  load-server-state-from-file global");
        line("  timeout connect 1s");
        line("  timeout queue 10s");
        // ELB: a connection may be idle for 60 seconds.
        line("  timeout client 60s");
        line("  timeout server 60s");
        line("  timeout tunnel 1h");
        line("  timeout http-request " + IDLE.toSeconds() + "s");
        line("  timeout http-keep-alive " + IDLE.toSeconds() + "s");
        // At a reload a client's idle connection gets one more answer, with "Connection: close", instead of a reset.
        line("  option idle-close-on-response");
        line("  option forwardfor");
        line("  retries " + RETRIES);
        line("  option redispatch 1");
        line("  retry-on conn-failure empty-response response-timeout");
    }

    private void frontend(Listener listener) {
        List<Rule> rules = table.rules().stream()
                .filter(rule -> rule.listener().equals(listener.id()))
                .sorted(Comparator.comparingInt(Rule::priority))
                .toList();
        line("frontend " + HaproxyNames.frontend(listener.port()));
        line("  bind " + HaproxyNames.address(settings.bindAddress(), listener.port()));
        line("  http-request set-header X-Forwarded-Proto http");
        line("  http-request set-header X-Forwarded-Port " + listener.port());
        line("  acl decided var(txn.rule) -m found");
        line("  acl has_query query -m len 1:");
        // HAProxy answers and redirects before it chooses a backend, in whatever order they are written; so which rule
        // it
        // is, the one with the lowest priority, is decided first.
        rules.forEach(this::decide);
        for (Rule rule : rules)
            act(
                    new Routes.Route(Routes.id(listener, rule), rule.action()),
                    listener,
                    "{ var(txn.rule) -m int " + rule.priority() + " }");
        act(new Routes.Route(Routes.id(listener), listener.defaultAction()), listener, "!decided");
    }

    private void decide(Rule rule) {
        String name = "rule" + rule.priority();
        String conditions = "!decided";
        for (String host : rule.hosts())
            line("  acl " + name + ".host req.hdr(host) -i -m reg -- " + Token.wildcard(host, "(:[0-9]+)?"));
        for (String path : rule.paths()) line("  acl " + name + ".path path -m reg -- " + Token.wildcard(path, ""));
        if (!rule.hosts().isEmpty()) conditions += " " + name + ".host";
        if (!rule.paths().isEmpty()) conditions += " " + name + ".path";
        line("  http-request set-var(txn.rule) int(%d) if %s".formatted(rule.priority(), conditions));
    }

    private void act(Routes.Route route, Listener listener, String condition) {
        Action action = route.action();
        if (!action.forward().isEmpty()) forward(route, condition);
        if (action.fixedResponse() != null) answer(action.fixedResponse(), condition);
        if (action.redirect() != null) redirect(action.redirect(), listener, condition);
    }

    /** The weights are not here but in the map of {@link HaproxySplits}. */
    private void forward(Routes.Route route, String condition) {
        List<WeightedTargetGroup> groupsInOrder = Split.groups(route.action());
        int last = groupsInOrder.size() - 1;
        if (last > 0) {
            line("  http-request set-var(txn.drawn) rand(" + Split.PARTS + ") if " + condition);
            line("  http-request set-var(txn.split) str(" + HaproxySplits.key(fingerprint, route.id()) + "),map_str("
                    + settings.splits() + ") if " + condition);
        }
        for (int i = 0; i < last; i++) {
            String bound = "txn.bound" + (i + 1);
            line("  http-request set-var(" + bound + ") var(txn.split),field(" + (i + 1) + ",:) if " + condition);
            use(groupsInOrder.get(i).targetGroup(), condition + " { var(txn.drawn),sub(" + bound + ") -m int lt 0 }");
        }
        use(groupsInOrder.get(last).targetGroup(), condition);
    }

    private void use(String group, String condition) {
        String backend = groups.contains(group) ? HaproxyNames.backend(group) : HaproxyNames.NO_GROUP;
        line("  use_backend " + backend + " if " + condition);
    }

    private void answer(Action.FixedResponse response, String condition) {
        String body = response.messageBody() == null ? "" : response.messageBody();
        String content = body.isEmpty()
                ? ""
                : " content-type %s string %s"
                        .formatted(
                                Token.of(response.contentType() == null ? "text/plain" : response.contentType()),
                                Token.of(body));
        line("  http-request return status " + response.statusCode() + content + " if " + condition);
    }

    /** ELB: parts that are not given stay as they were in the request, the query always. */
    private void redirect(Action.Redirect redirect, Listener listener, String condition) {
        String scheme = "HTTPS".equals(redirect.protocol()) ? "https" : "http";
        String host = redirect.host() == null ? "%[req.hdr(host),field(1,:)]" : Token.inFormat(redirect.host());
        int port = redirect.port() == null ? listener.port() : redirect.port();
        String authority = host + (port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port);
        String path = redirect.path() == null ? "%[path]" : Token.inFormat(redirect.path());
        String location = scheme + "://" + authority + path;
        String code = " code " + redirect.statusCode() + " if " + condition;
        line("  http-request redirect location " + location + "?%[query]" + code + " has_query");
        line("  http-request redirect location " + location + code);
    }

    private void backend(TargetGroup group, int id) {
        line("backend " + HaproxyNames.backend(group.name()));
        line("  id " + id);
        line("  balance roundrobin");
        // A request may be sent twice only when that does no harm (RFC 9110: idempotent; METH_GET is HEAD too); a
        // connection
        // that was never made is always retried.
        line("  http-request disable-l7-retry unless METH_GET || METH_OPTIONS || METH_PUT || METH_DELETE");
        // HAProxy sends again only what it had as a whole when it sent it first: a body that comes after its headers is
        // waited
        // for, as far as it fits into a buffer (16 kB with the headers). What is larger is sent once.
        line("  http-request wait-for-body time 60s if METH_PUT || METH_DELETE");
        // Not a rule on nbsrv: a former worker counts no server as usable, although it goes on sending requests to
        // them.
        line("  http-error status 503 content-type text/plain string "
                + Token.of("No healthy target in target group " + group.name() + ".\n"));
        line("  timeout check " + group.timeoutSeconds() + "s");
        line("  option httpchk");
        line("  http-check send meth GET uri " + Token.of(group.healthCheckPath())
                + " ver HTTP/1.1 hdr Host localhost hdr User-Agent Staithe-HealthChecker");
        line("  http-check expect status " + HaproxyChecks.statuses(group.matcherOrDefault()));
        int server = 1;
        for (Target target : table.targets())
            if (target.targetGroup().equals(group.name())) server(target, group, server++);
    }

    private void server(Target target, TargetGroup group, int id) {
        line("  server %s %s id %d weight %d %s"
                .formatted(
                        HaproxyNames.server(ServerName.of(target)),
                        HaproxyNames.address(target.address(), target.port()),
                        id,
                        SlowStart.FULL,
                        HaproxyChecks.serverOptions(group)));
    }

    private void backendOfNoGroup() {
        line("backend " + HaproxyNames.NO_GROUP);
        line("  http-request return status 503 content-type text/plain string "
                + Token.of("The target group does not exist.\n"));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
