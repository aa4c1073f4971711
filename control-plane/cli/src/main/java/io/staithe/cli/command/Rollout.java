package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Services;
import io.staithe.cli.view.Colour;
import io.staithe.cli.view.Progress;
import io.staithe.cli.view.Terminal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Waits for services to become stable, in ECS's meaning: one deployment, all of its tasks running. Shows a line for each
 * service meanwhile, and fails as soon as one of them has failed.
 */
final class Rollout {
    private final Session session;
    private final Progress progress;
    /** The deployment that is waited for, by service: a circuit breaker, or somebody else, may replace it by another. */
    private final Map<String, String> wanted = new LinkedHashMap<>();

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
        Optional<String> failed = Optional.empty();
        for (String name : names) {
            JsonNode service = Services.find(session, name);
            boolean stable = isStable(service);
            lines.put(name, line(service, stable));
            failed = failed.or(() -> failure(name, service).map(why -> name + ": " + why));
            all &= stable;
        }
        if (session.terminal().format().isForPeople()) progress.show(lines);
        if (failed.isPresent()) throw new Failure(failed.get());
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
                : Optional.of("deployment " + first + " was replaced by " + id + ": "
                        + primary.path("rolloutStateReason").asText("no reason given"));
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
