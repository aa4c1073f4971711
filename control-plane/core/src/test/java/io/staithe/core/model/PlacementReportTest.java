package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.PlacementReport.Candidate;
import io.staithe.core.model.PlacementReport.RuledOut;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacementReportTest {
    @Test
    void aTaskThatWaitsIsToldRuleByRule() {
        PlacementReport waits = new PlacementReport(
                "no host fits",
                3,
                List.of(
                        new RuledOut("RESOURCE:MEMORY", 2, "h1", "needs 512 MiB of memory, has 256 free"),
                        new RuledOut("MemberOf", 1, null, "the pattern takes too long")),
                List.of());
        assertEquals(
                List.of(
                        "RESOURCE:MEMORY keeps out 2 of 3 hosts; the nearest miss: h1 needs 512 MiB of memory, has 256 free.",
                        "MemberOf keeps out 1 of 3 hosts: the pattern takes too long."),
                waits.details());
    }

    @Test
    void aPlacedTaskIsToldHostByHost() {
        PlacementReport placed = new PlacementReport(
                "best of 2 hosts",
                2,
                List.of(),
                List.of(
                        new Candidate(new InstanceId("a".repeat(32)), "h1", "0 on the host, 512 MiB free"),
                        new Candidate(new InstanceId("b".repeat(32)), "h2", "1 on the host, 512 MiB free")));
        assertEquals(
                List.of("Chosen: h1 with 0 on the host, 512 MiB free.", "Then: h2 with 1 on the host, 512 MiB free."),
                placed.details());
    }
}
