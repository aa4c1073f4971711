package io.staithe.loadbalancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HaproxyStatisticsTest {
    private static final ServerName NAME = new ServerName("web", TaskId.of("a".repeat(32)), "app", 80);

    private final HaproxyStatistics statistics = new HaproxyStatistics();

    private static final String INFO = "Name: HAProxy\nPid: 7\ndescription: staithe-abc\n\n";
    private static final String STAT = "# pxname,svname,qcur,scur,status,check_status,check_code,last_chk,check_desc,\n"
            + "listener.8080,FRONTEND,,3,OPEN,,,,,\n"
            + "group.web," + "a".repeat(32)
            + ".app.80,1,2,DOWN,* L7STS,503,\"busy, \"\"very\"\"\",Layer7 wrong status,\n"
            + "group.web,stranger,1,2,UP,L7OK,200,,,\n"
            + "group.web,BACKEND,1,2,UP,,,,,\n\n";
    private static final String STATES = "1\n# be_id be_name srv_id srv_name\n" + "3 group.web 1 " + "a".repeat(32)
            + ".app.80 127.0.0.1 0 8 7 20 42 15 3 2 6 0 0 0 - 18090 - 0 0 - - 0\n\n";

    @Test
    void anObservationIsReadFromTheThreeAnswers() {
        Observation seen = statistics.read(INFO + STAT + STATES, Map.of(NAME, 5));
        assertEquals("abc", seen.fingerprint());
        assertEquals(Set.of(8080), seen.ports());
        assertEquals(Set.of("web"), seen.targetGroups());
        assertEquals(
                Map.of(
                        NAME,
                        new ObservedServer(
                                "127.0.0.1",
                                18090,
                                ObservedServer.Mode.DRAIN,
                                false,
                                Duration.ofSeconds(42),
                                7,
                                8,
                                "L7STS 503: Layer7 wrong status (busy, \"very\")")),
                seen.servers());
    }

    @Test
    void aServerThatOnlyOneOfTheAnswersKnowsIsSeenTheNextTime() {
        assertEquals(Map.of(), statistics.read(INFO + STAT, Map.of()).servers());
    }

    @Test
    void anythingElseIsNoObservation() {
        assertThrows(IllegalArgumentException.class, () -> statistics.read("Permission denied\n", Map.of()));
        assertEquals("", HaproxyStatistics.fingerprint("description: mine\n"));
    }

    @Test
    void namesOfOthersAreNotOurs() {
        for (String name : List.of("", "a.b", "x.app.80", "a".repeat(32) + ".a b.80", "a".repeat(32) + ".app.99999"))
            assertEquals(true, HaproxyNames.parse("group.web", name).isEmpty(), name);
        assertEquals(
                NAME, HaproxyNames.parse("group.web", HaproxyNames.server(NAME)).orElseThrow());
        assertEquals(
                true, HaproxyNames.parse("stranger", HaproxyNames.server(NAME)).isEmpty());
    }

    @Test
    void theMasterListsItsWorkers() throws IOException {
        HaproxyWorkers workers = HaproxyWorkers.read("""
                #<PID>          <type>          <reloads>       <uptime>        <version>
                32252           master          5 [failed: 2]   0d00h04m49s     2.6.12-1+deb12u4
                # workers
                8233            worker          0               0d00h00m00s     2.6.12-1+deb12u4
                # old workers
                32271           worker          1               0d00h04m49s     2.6.12-1+deb12u4
                32270           worker          3               0d00h05m49s     2.6.12-1+deb12u4
                # programs
                """);
        assertEquals(new HaproxyWorkers(32252, 8233, List.of(32271L, 32270L), 2), workers);
        assertThrows(IOException.class, () -> HaproxyWorkers.read("Unknown command\n"));
    }
}
