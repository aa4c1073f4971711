package io.staithe.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.staithe.cli.Cli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what is said of a deployment to lines. */
final class DeploymentLinesTest {
    private static final DeploymentLines LINES = new DeploymentLines(
            new Terminal(new PrintWriter(new StringWriter()), Format.TABLE, true, false, 100), Cli.NOW);

    private static final String CANARY = """
            {"service":"default/web","number":"17","state":"IN_PROGRESS","strategy":"CANARY","reason":"in progress",
             "stages":["SCALE_UP","PRODUCTION_TRAFFIC_SHIFT","BAKE_TIME"],"stage":"PRODUCTION_TRAFFIC_SHIFT",
             "waitingFor":"the next step of its traffic","until":"2026-01-02T03:05:05Z",
             "failsAt":"2026-01-02T03:14:05Z","desired":4,"failedTasks":1,"failureThreshold":3,"paused":false,
             "next":{"desired":4,"running":3,"healthy":2,"pending":1,"stopping":0,"trafficPercent":5.0},
             "old":{"desired":4,"running":4,"healthy":4,"pending":0,"stopping":1,"trafficPercent":95.0},
             "wayOut":"`staithe deploy rollback default/web`"}
            """;

    private static final String ROLLING = """
            {"service":"default/web","number":"17","state":"IN_PROGRESS","strategy":"ROLLING","desired":10,
             "failedTasks":0,"next":{"desired":10,"running":0,"healthy":0,"pending":0,"stopping":0},
             "old":{"desired":0,"running":0,"healthy":0,"pending":0,"stopping":0}}
            """;

    @Test
    void aBlockHasABarForEachSideTheStageWhatItWaitsForAndTheTimeLeft() {
        assertEquals(
                List.of(
                        "default/web  CANARY 17  IN_PROGRESS  PRODUCTION_TRAFFIC_SHIFT, stage 2 of 3",
                        "  new  ██████████▓▓▓▓▓▒▒▒▒▒ 2/4 healthy, 3 running, 1 pending, 5.0 % of the traffic",
                        "  old  ████████████████████ 4/4 healthy, 4 running, 1 stopping, 95.0 % of the traffic",
                        "  waits for the next step of its traffic (60 s left)",
                        "  fails without progress (10 min left)",
                        "  1 of 3 failures",
                        "  way out: `staithe deploy rollback default/web`"),
                LINES.block("default/web", read(CANARY)));
    }

    @Test
    void whatThereIsNothingOfIsLeftOut() {
        assertEquals(
                List.of("default/web  ROLLING 17  IN_PROGRESS", "  new  ░░░░░░░░░░░░░░░░░░░░ 0/10 healthy, 0 running"),
                LINES.block("default/web", read(ROLLING)));
    }

    @Test
    void aLineOfALogTellsTimesOfTheDay() {
        String line = LINES.line(read(CANARY));
        assertEquals(
                "2 of 4 healthy, 5.0 % of the traffic, 5 old, PRODUCTION_TRAFFIC_SHIFT, 1 of 3 failures, "
                        + "waits for the next step of its traffic (until " + clock("2026-01-02T03:05:05Z")
                        + "), fails without progress (at " + clock("2026-01-02T03:14:05Z") + ")",
                line);
        assertEquals(line, new DeploymentLines(LINES.terminal(), Cli.NOW.plusSeconds(30)).line(read(CANARY)));
        assertEquals("0 of 10 healthy", LINES.line(read(ROLLING)));
    }

    @ParameterizedTest(name = "{0} healthy, {1} running, {2} pending of {3}")
    @CsvSource({
        "0,  0,  0, 10, ░░░░░░░░░░░░░░░░░░░░",
        "0,  0, 10, 10, ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒",
        "0,  5,  5, 10, ▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒",
        "5,  5,  0, 10, ██████████░░░░░░░░░░",
        "10, 10, 0, 10, ████████████████████",
        "1, 1, 0, 5000, █░░░░░░░░░░░░░░░░░░░",
        "4999, 4999, 0, 5000, ███████████████████░",
        "3,  4,  0,  0, ███████████████▓▓▓▓▓",
        "0,  0,  0,  0, ░░░░░░░░░░░░░░░░░░░░",
    })
    void aBarIsFullOnlyWhenAllIsThere(int healthy, int running, int pending, int desired, String bar) {
        String side = "\"desired\":%d,\"running\":%d,\"healthy\":%d,\"pending\":%d,\"stopping\":0"
                .formatted(desired, running, healthy, pending);
        String progress =
                ROLLING.replace("\"desired\":10,\"running\":0,\"healthy\":0,\"pending\":0,\"stopping\":0", side);
        String line = LINES.block("default/web", read(progress)).get(1);
        assertEquals(bar, line.substring(7, 27));
    }

    private static String clock(String time) {
        return Times.clock(read("\"" + time + "\""), Cli.NOW);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
