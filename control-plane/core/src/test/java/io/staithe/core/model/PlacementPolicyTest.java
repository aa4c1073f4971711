package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.PlacementPolicy.Preference;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.model.PlacementReport.Candidate;
import io.staithe.core.model.PlacementReport.RuledOut;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlacementPolicyTest {
    private static final Preference SSD = new Preference("attribute:disk == ssd", 50);
    private static final Skew ZONES = new Skew("attribute:ecs.availability-zone", 1);
    private static final InstanceId HOST = new InstanceId("0".repeat(32));

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("priority", () -> policy(-1, 0)),
                refused("priority", () -> policy(1001, 0)),
                refused("headroom", () -> policy(0, -1)),
                refused("headroom", () -> policy(0, 1001)),
                refused("fallbackSeconds", () -> fallback(-1)),
                refused("fallbackSeconds", () -> fallback(86_401)),
                refused(
                        "preferences",
                        () -> new PlacementPolicy(0, Collections.nCopies(6, SSD), List.of(), false, 0, null)),
                refused(
                        "maxSkew",
                        () -> new PlacementPolicy(0, List.of(), Collections.nCopies(4, ZONES), false, 0, null)),
                refused("desiredCount", () -> allOrNothing(41)),
                refused("expression", () -> new Preference(" ", 1)),
                refused("expression", () -> new Preference("x".repeat(2001), 1)),
                refused("weight", () -> new Preference("attribute:disk exists", 0)),
                refused("weight", () -> new Preference("attribute:disk exists", 101)),
                refused("field", () -> new Skew("host", 1)),
                refused("field", () -> new Skew("attribute:", 1)),
                refused("max", () -> new Skew("instanceId", 0)),
                refused("max", () -> new Skew("instanceId", 1001)),
                refused("hosts", () -> new PlacementReport("", -1, List.of(), List.of())),
                refused("ruledOut", () -> report(13, 0)),
                refused("candidates", () -> report(0, 4)),
                refused("hosts", () -> new RuledOut("AGENT", 0, null, "")),
                refused("code", () -> new RuledOut("", 1, null, "")),
                refused("reason", () -> new Relocation("", java.time.Instant.EPOCH)));
    }

    private static PlacementPolicy fallback(int seconds) {
        return new PlacementPolicy(0, List.of(), List.of(), false, 0, seconds);
    }

    private static Arguments refused(String field, Executable make) {
        return Arguments.of(field, make);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(String field, Executable make) {
        assertEquals(field, assertThrows(Invalid.class, make).field());
    }

    @Test
    void bothEndsOfEveryRangeAreAccepted() {
        assertEquals(40, allOrNothing(40).desiredCount());
        assertEquals(1000, policy(1000, 1000).priority());
        assertEquals(PlacementPolicy.NONE, policy(0, 0));
        assertEquals(12, report(12, 3).ruledOut().size());
    }

    @Test
    void anExplanationIsCutRatherThanRefused() {
        String summary = report("s".repeat(5000)).summary();
        assertEquals(4000, summary.length());
        assertTrue(summary.endsWith("..."));
        assertEquals(
                500, new RuledOut("AGENT", 1, null, "m".repeat(501)).message().length());
        assertEquals(500, new Candidate(HOST, "a", "s".repeat(501)).score().length());
        assertEquals(report("s".repeat(5000)), report(summary), "what is stored is what was said");
    }

    private static PlacementPolicy policy(int priority, int headroom) {
        return new PlacementPolicy(priority, List.of(), List.of(), false, headroom, null);
    }

    private static Service allOrNothing(int desired) {
        ServiceRevision revision = ServiceRevision.of(new TaskDefinitionId("web", 1));
        DeploymentId deployment = new DeploymentId("1".repeat(19));
        ServiceId id = new ServiceId("default", "web");
        return Service.of(id, "1", desired, revision, deployment, java.time.Instant.EPOCH)
                .but()
                .placementPolicy(new PlacementPolicy(0, List.of(), List.of(), true, 0, null))
                .build();
    }

    private static PlacementReport report(String summary) {
        return new PlacementReport(summary, 0, List.of(), List.of());
    }

    private static PlacementReport report(int ruledOut, int candidates) {
        return new PlacementReport(
                "",
                20,
                Collections.nCopies(ruledOut, new RuledOut("AGENT", 1, "a", "is away")),
                Collections.nCopies(candidates, new Candidate(HOST, "a", "1")));
    }
}
