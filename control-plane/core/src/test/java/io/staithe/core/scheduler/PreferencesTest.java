package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementPolicy.Preference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {
    private static final Preference SSD = new Preference("attribute:disk == ssd", 80);
    private static final Preference RACK_1 = new Preference("attribute:rack == r1", 50);
    private static final Preference RACK_2 = new Preference("attribute:rack == r2", 50);
    private static final Preference NEAR_DB = new Preference("task:group == service:db", 20);

    private final World world = new World();

    @Test
    void aHostThatIsPreferredComesBeforeOneWithMoreRoom() {
        host("large", 4096, "hdd", "r1");
        host("preferred", 1024, "ssd", "r1");
        assertEquals("preferred", nameOf(place(128, SSD)));
        assertEquals("large", nameOf(place(128)));
    }

    @Test
    void noTaskIsRefusedBecauseOfAPreference() {
        host("large", 4096, "hdd", "r1");
        host("preferred", 1024, "ssd", "r1");
        assertEquals("large", nameOf(place(2048, SSD)));
        assertEquals("large", nameOf(place(128, new Preference("attribute:disk == tape", 100))));
    }

    @Test
    void whatIsNotUnderstoodIsMetByNoHost() {
        host("only", 4096, "hdd", "r1");
        assertEquals("only", nameOf(place(128, new Preference("disk is fast", 100), SSD)));
    }

    @ParameterizedTest
    @CsvSource({"60, both", "29, ssd"})
    void theLargestSumOfWeightsWins(int weight, String best) {
        host("ssd", 1024, "ssd", "r9");
        host("both", 1024, "hdd", "r1");
        assertEquals(best, nameOf(place(128, SSD, RACK_1, new Preference("attribute:rack in [r1, r2]", weight))));
    }

    @Test
    void betweenEqualSumsTheStrategiesDecide() {
        host("small", 1024, "hdd", "r1");
        host("large", 4096, "hdd", "r2");
        assertEquals("large", nameOf(place(128, RACK_1, RACK_2)));
    }

    @Test
    void tasksOnAHostCountToo() {
        host("large", 4096, "hdd", "r1");
        world.put(GivenTask.task(9)
                .group("service:db")
                .on(world.host("near", 4096, 1024, new Attribute("disk", "hdd")), LastStatus.RUNNING)
                .build());
        assertEquals("near", nameOf(place(128, NEAR_DB)));
        assertEquals("large", nameOf(place(128, NEAR_DB, RACK_1)));
    }

    @Test
    void theScoreSaysWhatWasMet() {
        host("one", 1024, "ssd", "r1");
        host("other", 1024, "hdd", "r3");
        Placement.On on = place(128, SSD, NEAR_DB);
        List<String> scores =
                on.why().candidates().stream().map(each -> each.score()).toList();
        assertTrue(
                scores.get(0).startsWith("preferred 80 of 100: met attribute:disk == ssd, 0 of its group"),
                scores.get(0));
        assertTrue(scores.get(1).startsWith("preferred 0 of 100, 0 of its group"), scores.get(1));
    }

    private void host(String name, int memory, String disk, String rack) {
        world.host(name, 4096, memory, new Attribute("disk", disk), new Attribute("rack", rack));
    }

    private Placement.On place(int memory, Preference... preferences) {
        PlacementPolicy policy = new PlacementPolicy(0, List.of(preferences), List.of(), false, 0, null);
        Placement placement = Scheduler.place(
                GivenTask.task(1).needs(0, memory, 0).policy(policy).build(),
                null,
                Fleet.of(world.state(), World.CLUSTER));
        return assertInstanceOf(Placement.On.class, placement, placement.why().summary());
    }

    private static String nameOf(Placement.On on) {
        return on.host().instance().hostName();
    }
}
