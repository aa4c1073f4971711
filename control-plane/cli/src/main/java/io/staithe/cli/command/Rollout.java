package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Services;
import io.staithe.cli.view.Colour;
import io.staithe.cli.view.DeploymentLines;
import io.staithe.cli.view.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Waits for services to become stable, in ECS's meaning: one deployment, all of its tasks running. Shows how far each of
 * them is meanwhile, and fails as soon as one of them has failed.
 */
final class Rollout {
    /** With more under way at once each is told in one line: what does not fit a screen cannot be rewritten in place. */
    private static final int MAX_IN_DETAIL = 4;

    private final Session session;
    private final Screen screen;
    /** The deployment that is waited for, by service: a circuit breaker, or somebody else, may replace it by another. */
    private final Map<String, String> wanted = new LinkedHashMap<>();
    /** What is not stable yet, and how far it was when it was last seen. */
    private final Map<String, JsonNode> underWay = new LinkedHashMap<>();

    Rollout(Session session) {
        this.session = session;
        this.screen = new Screen(session.terminal());
    }

    /** @param names {@code CLUSTER/SERVICE} each */
    void await(List<String> names, Duration timeout) {
        if (names.isEmpty()) return;
        session.shell().interrupts().accept(() -> session.shell().err().println(goOn(underWay.keySet())));
        session.await(timeout, this::unstable, () -> allStable(names));
    }

    private boolean allStable(List<String> names) {
        Map<String, String> stable = new LinkedHashMap<>();
        Optional<String> failed = Optional.empty();
        underWay.clear();
        for (String name : names) {
            JsonNode service = Services.find(session, name);
            failed = failed.or(() -> failure(name, service).map(why -> name + ": " + why));
            if (isStable(service)) stable.put(name, stable(service));
            else underWay.put(name, progress(session, name));
        }
        if (session.terminal().format().isForPeople()) screen.show(lines(names, stable));
        if (failed.isPresent()) throw new Failure(failed.get());
        return underWay.isEmpty();
    }

    /** What the control plane says of a service's deployment. */
    static JsonNode progress(Session session, String name) {
        return session.api()
                .get(
                        "/deployments" + Api.segment(Arn.last(name)),
                        Map.of("cluster", Services.clusterOf(session, name)));
    }

    private List<String> lines(List<String> names, Map<String, String> stable) {
        DeploymentLines words = new DeploymentLines(session.terminal(), session.now());
        boolean inDetail = session.terminal().interactive() && underWay.size() <= MAX_IN_DETAIL;
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            JsonNode progress = underWay.get(name);
            if (progress == null) lines.add(name + "  " + stable.get(name));
            else if (inDetail) lines.addAll(words.block(name, progress));
            else lines.add(name + "  " + words.line(progress));
        }
        return lines;
    }

    private String stable(JsonNode service) {
        return "%s/%s running, %s"
                .formatted(
                        Services.primary(service).path("runningCount").asText("0"),
                        service.path("desiredCount").asText(),
                        session.terminal().paint(Colour.GOOD, "stable"));
    }

    private String unstable() {
        return underWay.entrySet().stream()
                        .map(entry -> entry.getKey() + " is not stable"
                                + (entry.getValue().hasNonNull("waitingFor")
                                        ? ", it waits for "
                                                + entry.getValue()
                                                        .path("waitingFor")
                                                        .asText()
                                        : ""))
                        .collect(Collectors.joining("; "))
                + ". " + goOn(underWay.keySet());
    }

    private static String goOn(Iterable<String> services) {
        StringBuilder said = new StringBuilder("What was asked for goes on.");
        for (String name : services)
            said.append(" `staithe deploy status ").append(name).append(" --watch` shows it again.");
        return said.toString();
    }

    private static boolean isStable(JsonNode service) {
        JsonNode primary = Services.primary(service);
        return service.path("deployments").size() == 1
                && primary.path("rolloutState").asText("COMPLETED").equals("COMPLETED")
                && service.path("runningCount").asInt()
                        == service.path("desiredCount").asInt()
                && service.path("pendingCount").asInt() == 0
                // A deployment that was asked for a moment ago may not be the primary one yet.
                && primary.path("taskDefinition").equals(service.path("taskDefinition"))
                && primary.path("desiredCount").asInt()
                        == service.path("desiredCount").asInt();
    }

    /** Why it failed; absent: it did not. */
    private Optional<String> failure(String name, JsonNode service) {
        JsonNode primary = Services.primary(service);
        String id = primary.path("id").asText();
        String first = wanted.computeIfAbsent(name, key -> id);
        if (service.path("status").asText().equals("INACTIVE")) return Optional.of("the service was deleted");
        for (JsonNode deployment : service.path("deployments"))
            if (deployment.path("id").asText().equals(first)
                    && deployment.path("rolloutState").asText().equals("FAILED"))
                return Optional.of("deployment failed: "
                        + deployment.path("rolloutStateReason").asText("no reason given"));
        return first.equals(id)
                ? Optional.empty()
                : Optional.of("deployment " + first + " was replaced by " + id + ": " + whyItEnded(name, first));
    }

    /** A service shows the deployments that it has; that one is history. */
    private String whyItEnded(String name, String deployment) {
        for (JsonNode past : History.of(session, name))
            if (past.path("number").asText().equals(Arn.last(deployment)))
                return past.path("why").asText();
        return "it is not in the service's history any more";
    }
}
