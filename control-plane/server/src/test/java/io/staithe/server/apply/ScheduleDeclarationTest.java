package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Schedule;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestError;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules in files, in lists and on their way out. */
final class ScheduleDeclarationTest {
    private static final String NIGHTLY = """
            kind: Schedule
            Name: nightly
            ScheduleExpression: cron(30 2 * * ? *)
            ScheduleExpressionTimezone: Europe/Berlin
            EndDate: 2199-12-31T22:00:00+01:00
            FlexibleTimeWindow: {Mode: "OFF"}
            Target:
              Arn: default
              RoleArn: arn:aws:iam::000000000000:role/any
              EcsParameters: {TaskDefinitionArn: web, TaskCount: 2, Group: night}
              Input: '{"containerOverrides": [{"name": "app", "command": ["sweep"]}]}'
            overlap: SKIP
            catchUpSeconds: 300
            job: {retries: 2, maxRunSeconds: 600}
            """;

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    @Test
    void aScheduleIsDeclaredInEventBridgesShape() {
        assertEquals("create", action(NIGHTLY));
        Schedule stored = stored();
        assertEquals("default/nightly", stored.key().id());
        assertEquals("Europe/Berlin", stored.scheduleExpressionTimezone());
        assertEquals("2199-12-31T21:00:00Z", String.valueOf(stored.endDate()));
        assertEquals(Schedule.Overlap.SKIP, stored.overlap());
        assertEquals(300, stored.catchUpSeconds());
        assertEquals("web", stored.target().taskDefinition());
        assertEquals(2, stored.target().count());
        assertEquals("night", stored.target().group());
        assertEquals(new JobPolicy(null, 2, 600), stored.target().job());
        assertEquals(
                List.of("sweep"),
                stored.target().overrides().containerOverrides().get(0).command());
    }

    @Test
    void theSameFileTwiceChangesNothingAndAnotherOneWhatItSays() {
        action(NIGHTLY);
        Schedule before = stored();
        assertEquals("unchanged", action(NIGHTLY));
        assertEquals("update", action(NIGHTLY.replace("catchUpSeconds: 300", "catchUpSeconds: 30")));
        assertEquals(before.incarnation(), stored().incarnation());
        assertEquals(30, stored().catchUpSeconds());
    }

    @Test
    void whatGetScheduleShowsCanBeApplied() {
        action(NIGHTLY);
        String shown = NIGHTLY.replace("kind: Schedule\n", "Arn: any\nCreationDate: 2026-01-01T00:00:00Z\n");
        assertEquals("unchanged", action(shown));
    }

    @Test
    void aListShowsTheNextFiveFireTimes() {
        action(NIGHTLY);
        Map<String, Object> shown = api.list("schedules", EcsFixture.CALLER).get(0);
        assertEquals("default/nightly", shown.get("name"));
        assertEquals(5, ((List<?>) shown.get("nextFireTimes")).size());
    }

    @Test
    void deletingLeavesNothing() {
        action(NIGHTLY);
        List<ManifestFile> files = List.of(ManifestFile.of("a.yaml", NIGHTLY));
        assertEquals(
                "delete",
                api.delete(files, false, EcsFixture.CALLER).changes().get(0).action());
        assertEquals(0, ecs.state().count(Kind.SCHEDULE));
        assertEquals(
                "absent",
                api.delete(files, false, EcsFixture.CALLER).changes().get(0).action());
        action(NIGHTLY);
        api.delete("schedules", "default/nightly");
        assertEquals(0, ecs.state().count(Kind.SCHEDULE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cron(30 2 * * ? *)  | cron(30 2 * * *)     | scheduleExpression: cron(...) must have six fields
            Europe/Berlin       | Europe/Atlantis      | scheduleExpressionTimezone: must be a time zone
            TaskCount: 2        | TaskCount: 11        | target.ecsParameters.taskCount: must be between 1 and 10
            overlap: SKIP       | overlap: SKIPP       | overlap: must be one of ALLOW, SKIP, REPLACE; did you mean SKIP
            retries: 2          | retries: 11          | job.retries: must be between 0 and 10
            300                 | 0                    | catchUpSeconds: must be between 1 and 86400
            "OFF"               | FLEXIBLE             | flexibleTimeWindow.mode: must be OFF
            2199-12-31T22:00:00+01:00 | tomorrow       | endDate: must be a time such as
            "name": "app"       | "name": "other"      | target.input: Override for container named other
            TaskDefinitionArn: web | TaskDefinitionArn: none | TaskDefinition not found
            Name: nightly       | Name: at night       | name: must be 1 to 64 letters
            """)
    void badInputIsNamedByFieldAndRule(String good, String bad, String expected) {
        ManifestError error = assertThrows(ManifestsRefused.class, () -> action(NIGHTLY.replace(good, bad)))
                .errors()
                .get(0);
        String refused = error.field() + ": " + error.rule();
        assertTrue(refused.contains(expected), refused);
    }

    private String action(String yaml) {
        return api.apply(List.of(ManifestFile.of("a.yaml", yaml)), false, null, EcsFixture.CALLER)
                .changes()
                .get(0)
                .action();
    }

    private Schedule stored() {
        return ecs.state().all(Kind.SCHEDULE, Schedule.class).findFirst().orElseThrow();
    }
}
