package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Services;
import io.staithe.cli.view.Colour;
import io.staithe.cli.view.Progress;
import io.staithe.cli.view.Terminal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits for services to become stable, in ECS's meaning: one deployment, all of its tasks running. Shows a line for each
 * service meanwhile, and fails as soon as one of them has failed.
 */
final class Rollout {
    private final Session session;
    private final Progress progress;
    /** Each service's deployments that were seen as the wanted one: a circuit breaker may replace the first by an older. */
    private final Map<String, Set<String>> wanted = new LinkedHashMap<>();

    Rollout(Session session) {
        this.session = session;
        this.progress = new Progress(session.terminal());
    }

    /** @param names {@code CLUSTER/SERVICE} each */
    void await(List<String> names, Duration timeout) {
        if (names.isEmpty()) return;
        session.await(timeout, "not all services are stable", () -> allStable(names));
    }

    private boolean allStable(List<String> names) {
        Map<String, String> lines = new LinkedHashMap<>();
        boolean all = true;
        Failure failure = null;
        for (String name : names) {
            JsonNode service = Services.find(session, name);
            boolean stable = isStable(service);
            lines.put(name, line(service, stable));
            String failed = failed(name, service);
            if (failed != null && failure == null) failure = new Failure(name + ": " + failed);
            all &= stable;
        }
        if (session.terminal().format().isForPeople()) progress.show(lines);
        if (failure != null) throw failure;
        return all;
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

    /** Why it failed; null when it did not. */
    private @org.jspecify.annotations.Nullable String failed(String name, JsonNode service) {
        Set<String> seen = wanted.computeIfAbsent(name, key -> new HashSet<>());
        seen.add(Services.primary(service).path("id").asText());
        if (service.path("status").asText().equals("INACTIVE")) return "the service was deleted";
        for (JsonNode deployment : service.path("deployments"))
            if (seen.contains(deployment.path("id").asText())
                    && deployment.path("rolloutState").asText().equals("FAILED"))
                return "deployment failed: "
                        + deployment.path("rolloutStateReason").asText("no reason given");
        return null;
    }

    private String line(JsonNode service, boolean stable) {
        Terminal terminal = session.terminal();
        JsonNode primary = Services.primary(service);
        String counts = "%s/%s running"
                .formatted(
                        primary.path("runningCount").asText("0"),
                        service.path("desiredCount").asText());
        if (stable) return counts + ", " + terminal.paint(Colour.GOOD, "stable");
        int old = 0;
        for (JsonNode deployment : service.path("deployments"))
            if (!deployment.equals(primary))
                old += deployment.path("runningCount").asInt();
        int failed = primary.path("failedTasks").asInt();
        return counts
                + (primary.path("pendingCount").asInt() > 0
                        ? ", " + primary.path("pendingCount").asInt() + " pending"
                        : "")
                + (old > 0 ? ", " + old + " of the old still running" : "")
                + (failed > 0 ? ", " + terminal.paint(Colour.BAD, failed + " failed") : "")
                + lastEvent(service);
    }

    private String lastEvent(JsonNode service) {
        String message = service.path("events").path(0).path("message").asText().replaceAll("\\p{Cntrl}+", " ");
        return message.isEmpty() ? "" : "  " + session.terminal().paint(Colour.FAINT, message);
    }
}
