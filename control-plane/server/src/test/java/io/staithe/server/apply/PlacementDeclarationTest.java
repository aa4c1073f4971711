package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Kind;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementPolicy.Preference;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Rebalancing.Window;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestError;
import io.staithe.server.manifest.ManifestFile;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What files say of placement and rebalancing beside the fields that ECS has. */
final class PlacementDeclarationTest {
    private static final String CLUSTER = """
            clusterName: default
            rebalancing:
              movesAtOnce: 4
              windows:
              - {days: [SATURDAY, SUNDAY], timeZone: Europe/Berlin}
              - {from: '22:00', to: 04:30}
            """;

    private static final String SERVICE = """
            serviceName: web
            desiredCount: 1
            taskDefinition: web
            lostAfterSeconds: 60
            placement:
              priority: 10
              preferences:
              - {expression: 'attribute:disk == ssd', weight: 50}
              - expression: attribute:gpu exists
              maxSkew: [{field: 'attribute:ecs.availability-zone', max: 1}]
              allOrNothing: true
              headroom: 2
              fallbackSeconds: 120
            disruptionBudget: {movesAtOnce: 1, movesPerHour: 4}
            """;

    private static final PlacementPolicy POLICY = new PlacementPolicy(
            10,
            List.of(new Preference("attribute:disk == ssd", 50), new Preference("attribute:gpu exists", 1)),
            List.of(new Skew("attribute:ecs.availability-zone", 1)),
            true,
            2,
            120);

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    private ApplyResult.ObjectChange apply(String yaml) {
        return result(yaml).changes().get(0);
    }

    private ApplyResult result(String yaml) {
        List<ManifestFile> files = List.of(ManifestFile.of("a.yaml", yaml));
        return api.apply(files, false, null, EcsFixture.CALLER);
    }

    private Service web() {
        return ecs.state().service(new ServiceId("default", "web")).orElseThrow();
    }

    @Test
    void aServiceKeepsWhatItsFileSays() {
        apply(SERVICE);
        assertEquals(POLICY, web().placementPolicy());
        assertEquals(new DisruptionBudget(1, 4), web().disruptionBudget());
        assertEquals(60, web().lostAfterSeconds());
    }

    @Test
    void anAttributeThatNoHostHasIsNoted() {
        List<String> notes = List.of(
                "No host of cluster default has an attribute rack, which the placement of service web asks for.",
                "No host of cluster default has an attribute disk, which the placement of service web asks for.",
                "No host of cluster default has an attribute gpu, which the placement of service web asks for.");
        String service = SERVICE + "placementConstraints:\n- {type: memberOf, expression: 'attribute:rack == 1 and"
                + " attribute:ecs.availability-zone == zone-a and attribute:old !exists'}\n";
        assertEquals(notes, unknownAttributes(service));
        assertEquals(notes, unknownAttributes(service), "of what is unchanged too");
        ecs.put(ecs.state()
                .instance(new InstanceId("a".repeat(32)))
                .orElseThrow()
                .but()
                .userAttributes(List.of(new Attribute("rack", "2"), new Attribute("disk", "ssd")))
                .build());
        assertEquals(notes.subList(2, 3), unknownAttributes(service));
        ecs.put(EcsFixture.host("a", "h1")
                .but()
                .status(ContainerInstance.Status.INACTIVE)
                .build());
        assertEquals(List.of(), unknownAttributes(service), "there is no host to have any");
    }

    private List<String> unknownAttributes(String yaml) {
        return notes(yaml, "No host");
    }

    private List<String> notes(String yaml, String about) {
        return result(yaml).notes().stream()
                .filter(note -> note.contains(about))
                .toList();
    }

    @Test
    void aTaskHasThePolicyThatItsServiceHadWhenItWasLaunched() {
        apply(SERVICE);
        ecs.settle();
        apply(SERVICE.replace("priority: 10", "priority: 20").replace("desiredCount: 1", "desiredCount: 2"));
        ecs.settle();
        List<Integer> priorities = ecs.memory.all(Kind.TASK, Task.class).stream()
                .map(task -> task.policy().priority())
                .sorted()
                .toList();
        assertEquals(List.of(10, 20), priorities);
    }

    @Test
    void anotherPolicyIsNoDeploymentAndIsShownFieldByField() {
        apply(SERVICE);
        Service before = web();
        assertEquals(
                List.of(
                        new Difference("disruptionBudget.movesPerHour", 4, 9),
                        new Difference("placement.priority", 10, 20),
                        new Difference("placement.preferences[0].weight", 50, 60)),
                apply(SERVICE.replace("movesPerHour: 4", "movesPerHour: 9")
                                .replace("priority: 10", "priority: 20")
                                .replace("weight: 50", "weight: 60"))
                        .differences());
        assertEquals(before.deployment(), web().deployment());
    }

    @Test
    void whatIsTakenOutOfTheFileIsTakenAway() {
        apply(SERVICE);
        List<String> gone = apply("{serviceName: web, desiredCount: 1, taskDefinition: web}").differences().stream()
                .filter(difference -> difference.to() == null)
                .map(Difference::field)
                .toList();
        assertEquals(
                List.of(
                        "lostAfterSeconds",
                        "disruptionBudget.movesAtOnce",
                        "disruptionBudget.movesPerHour",
                        "placement.priority",
                        "placement.preferences",
                        "placement.maxSkew",
                        "placement.allOrNothing",
                        "placement.headroom",
                        "placement.fallbackSeconds"),
                gone);
        assertNull(web().placementPolicy());
        assertNull(web().disruptionBudget());
    }

    @Test
    void ecsOwnRequestsLeaveItAlone() {
        apply(SERVICE);
        ecs.call(UpdateServiceRequest.builder().service("web").desiredCount(3).build());
        assertEquals(POLICY, web().placementPolicy());
        assertNotNull(web().disruptionBudget());
    }

    @Test
    void aClusterKeepsWhenAndHowMuchIsMoved() {
        apply(CLUSTER);
        Window weekend = new Window(
                List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, "Europe/Berlin");
        Window night = new Window(List.of(), LocalTime.of(22, 0), LocalTime.of(4, 30), "UTC");
        assertEquals(
                new Rebalancing(true, 4, 30, 300, false, List.of(weekend, night)),
                ecs.state().cluster("default").orElseThrow().rebalancing());
        assertEquals("unchanged", apply(CLUSTER).action());
        assertEquals(
                List.of(new Difference("rebalancing.windows[1].to", "04:30", "05:00")),
                apply(CLUSTER.replace("04:30", "05:00")).differences());
    }

    @Test
    void whatIsShownCanBeApplied() {
        apply(SERVICE);
        apply(CLUSTER);
        String service = EcsFixture.ARN + "service/default/web";
        String cluster = EcsFixture.ARN + "cluster/default";
        List<Map<String, Object>> shown =
                api.describe(List.of(service, EcsFixture.ARN + "service/default/no", cluster));
        assertEquals(
                List.of(service, cluster),
                shown.stream().map(item -> item.get("arn")).toList());
        assertEquals(60, shown.get(0).get("lostAfterSeconds"));
        JsonObject again = new JsonObject(shown.get(0));
        again.remove("arn");
        again.put("serviceName", "web").put("desiredCount", 1).put("taskDefinition", "web:1");
        assertEquals("unchanged", apply(again.encode()).action());
        again = new JsonObject(shown.get(1));
        again.remove("arn");
        assertEquals(
                "unchanged", apply(again.put("clusterName", "default").encode()).action());
    }

    @Test
    void tasksShowWhyTheyAreWhereTheyAre() {
        apply(SERVICE);
        ecs.settle();
        Task task = ecs.memory.all(Kind.TASK, Task.class).get(0);
        Map<String, Object> shown = api.describe(List.of(EcsFixture.ARN + "task/default/" + task.id()))
                .get(0);
        JsonObject placement = new JsonObject(shown).getJsonObject("placement");
        assertTrue(placement.getString("summary").startsWith("best of 1 host by spread"), placement.encode());
        assertEquals(1, placement.getInteger("hosts"));
        assertEquals(1, placement.getJsonArray("candidates").size());
    }

    @Test
    void onlySoManyThingsAreShownAtOnceAndOnlyOfFourKinds() {
        String arn = EcsFixture.ARN + "cluster/default";
        assertEquals(100, api.describe(Collections.nCopies(100, arn)).size());
        assertThrows(Invalid.class, () -> api.describe(Collections.nCopies(101, arn)));
        assertThrows(Invalid.class, () -> api.describe(List.of(EcsFixture.ARN + "container-instance/default/1")));
        assertThrows(Invalid.class, () -> api.describe(List.of("web")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority: 10    | priority: 2000 | 6: placement.priority: must be between 0 and 1000",
                "priority: 10    | priority: high | 6: placement.priority: must be a whole number",
                "priority: 10    | prio: 1        | 6: placement.prio: is not a known field",
                "allOrNothing: t | allOrNothin: t | 11: placement.allOrNothin: is not a known field; did you mean"
                        + " allOrNothing?",
                "fallbackSeconds: 120 | fallbackSeconds: -1 | 13: placement.fallbackSeconds: must be between 0 and 86400",
                "weight: 50      | weight: 0      | 8: placement.preferences[0].weight: must be between 1 and 100",
                "== ssd          | =/ ssd         | 8: placement.preferences[0].expression: at column 16 expected an"
                        + " operator of attribute:NAME (==, !=, >, >=, <, <=, exists, !exists, in, !in, =~, !~), found"
                        + " '=/'",
                "max: 1          | min: 1         | 10: placement.maxSkew[0].min: is not a known field",
                "max: 1}         | }              | 10: placement.maxSkew[0].max: is required",
                "attribute:ecs.  | ecs.           | 10: placement.maxSkew[0].field: must be instanceId or attribute:NAME",
                "movesPerHour: 4 | movesPerHour: 1001 | 14: disruptionBudget.movesPerHour: must be between 0 and 1000",
            })
    void whatIsWrongInAServiceIsNamed(String written, String wrong, String message) {
        assertTrue(SERVICE.contains(written), "the file has " + written);
        assertEquals("a.yaml, document 1, line " + message, refusal(SERVICE.replace(written, wrong)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "movesAtOnce: 4      | movesAtOnce: 0         | 3: rebalancing.movesAtOnce: must be between 1 and 100",
                "SATURDAY            | Saturdy                | 5: rebalancing.windows[0].days[0]: must be one of MONDAY,"
                        + " TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY; did you mean SATURDAY?",
                "Europe/Berlin       | Europe/Atlantis        | 5: rebalancing.windows[0].timeZone: must be a time zone such"
                        + " as Europe/Berlin or UTC",
                "'22:00'             | ten                    | 6: rebalancing.windows[1].from: must be a time of day such as"
                        + " 22:00",
            })
    void whatIsWrongInAClusterIsNamed(String written, String wrong, String message) {
        assertTrue(CLUSTER.contains(written), "the file has " + written);
        assertEquals("a.yaml, document 1, line " + message, refusal(CLUSTER.replace(written, wrong)));
    }

    private String refusal(String yaml) {
        List<ManifestError> errors =
                assertThrows(ManifestsRefused.class, () -> apply(yaml)).errors();
        return errors.get(0).message();
    }
}
