package io.staithe.server.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Kind;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.Tag;
import io.staithe.server.aws.AwsEndpoint;
import io.staithe.server.aws.Identity;
import io.staithe.server.aws.InProcessHttp;
import io.staithe.server.ecs.EcsFixture;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/** EventBridge Scheduler's API as the SDK's own client sees it. */
final class EventBridgeSchedulerTest {
    private static final String CLUSTER = "arn:aws:ecs:eu-west-1:000000000000:cluster/default";

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final AwsEndpoint endpoint = new AwsEndpoint(
            List.of(new EventBridgeScheduler(ecs.commits, ecs.ids).api()),
            (call, now) -> new Identity("AKIAEXAMPLEEXAMPLE22", "admin", "eu-west-1", "scheduler"),
            "000000000000",
            () -> EcsFixture.NOW,
            () -> "request-1",
            (id, fault) -> {
                throw fault;
            });
    private final SchedulerClient client = SchedulerClient.builder()
            .httpClient(new InProcessHttp(endpoint::handle))
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create("http://127.0.0.1:7400"))
            .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLEEXAMPLE22", "s")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();

    private static Target.Builder target() {
        return Target.builder()
                .arn(CLUSTER)
                .roleArn("arn:aws:iam::000000000000:role/any")
                .ecsParameters(parameters -> parameters.taskDefinitionArn("web").taskCount(2));
    }

    private static software.amazon.awssdk.services.scheduler.model.PlacementConstraint memberOf(String expression) {
        return software.amazon.awssdk.services.scheduler.model.PlacementConstraint.builder()
                .type("memberOf")
                .expression(expression)
                .build();
    }

    private static software.amazon.awssdk.services.scheduler.model.PlacementStrategy binpack(String field) {
        return software.amazon.awssdk.services.scheduler.model.PlacementStrategy.builder()
                .type("binpack")
                .field(field)
                .build();
    }

    private static CreateScheduleRequest.Builder nightly(String name) {
        return CreateScheduleRequest.builder()
                .name(name)
                .scheduleExpression("cron(30 2 * * ? *)")
                .flexibleTimeWindow(window -> window.mode("OFF"))
                .target(target().build());
    }

    private Schedule stored(String name) {
        return ecs.state()
                .all(Kind.SCHEDULE, Schedule.class)
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScheduleIsWrittenAndReadAgain() {
        String arn = client.createSchedule(nightly("nightly")
                        .scheduleExpressionTimezone("Europe/Berlin")
                        .startDate(Instant.parse("2030-01-01T00:00:00Z"))
                        .target(target().ecsParameters(parameters -> parameters
                                        .taskDefinitionArn("arn:aws:ecs:eu-west-1:000000000000:task-definition/web:1")
                                        .taskCount(3)
                                        .launchType("EC2")
                                        .group("night")
                                        .placementConstraints(memberOf("attribute:disk == ssd"))
                                        .placementStrategy(binpack("memory"))
                                        .tags(List.of(Map.of("key", "team", "value", "night"))))
                                .input("{\"containerOverrides\":[{\"name\":\"app\",\"command\":[\"sweep\"]}]}")
                                .retryPolicy(policy ->
                                        policy.maximumEventAgeInSeconds(600).maximumRetryAttempts(3))
                                .build())
                        .build())
                .scheduleArn();
        assertEquals("arn:aws:scheduler:eu-west-1:000000000000:schedule/default/nightly", arn);
        Schedule stored = stored("nightly");
        assertEquals(600, stored.catchUpSeconds());
        assertEquals(
                List.of(new PlacementConstraint("memberOf", "attribute:disk == ssd")),
                stored.target().placementConstraints());
        assertEquals(
                List.of(new PlacementStrategy("binpack", "memory")),
                stored.target().placementStrategy());
        assertEquals(List.of(new Tag("team", "night")), stored.target().tags());

        GetScheduleResponse shown = client.getSchedule(request -> request.name("nightly"));
        assertEquals(arn, shown.arn());
        assertEquals("Europe/Berlin", shown.scheduleExpressionTimezone());
        assertEquals(Instant.parse("2030-01-01T00:00:00Z"), shown.startDate());
        assertEquals("OFF", shown.flexibleTimeWindow().modeAsString());
        assertEquals(CLUSTER, shown.target().arn());
        assertEquals(3, shown.target().ecsParameters().taskCount());
        assertEquals(
                "arn:aws:ecs:eu-west-1:000000000000:task-definition/web:1",
                shown.target().ecsParameters().taskDefinitionArn());
        assertEquals(
                List.of(Map.of("key", "team", "value", "night")),
                shown.target().ecsParameters().tags());
        assertTrue(
                shown.target().input().contains("\"command\":[\"sweep\"]"),
                shown.target().input());
        // What is shown says the same again.
        client.updateSchedule(request -> request.name("nightly")
                .scheduleExpression(shown.scheduleExpression())
                .scheduleExpressionTimezone(shown.scheduleExpressionTimezone())
                .startDate(shown.startDate())
                .state(shown.state())
                .flexibleTimeWindow(shown.flexibleTimeWindow())
                .target(shown.target()));
        assertEquals(stored, stored("nightly"));
    }

    @Test
    void anUpdateReplacesAllButWhatOnlyStaitheHas() {
        client.createSchedule(nightly("nightly").build());
        Schedule before = stored("nightly");
        client.updateSchedule(request -> request.name("nightly")
                .scheduleExpression("rate(1 hour)")
                .state("DISABLED")
                .flexibleTimeWindow(window -> window.mode("OFF"))
                .target(target().build()));
        Schedule after = stored("nightly");
        assertEquals("rate(1 hour)", after.scheduleExpression());
        assertEquals(Schedule.State.DISABLED, after.state());
        assertEquals(before.incarnation(), after.incarnation());
        assertEquals(before.catchUpSeconds(), after.catchUpSeconds());
    }

    @Test
    void schedulesAreListedInPagesAndDeleted() {
        for (String name : List.of("a1", "a2", "b"))
            client.createSchedule(nightly(name).build());
        ListSchedulesResponse first =
                client.listSchedules(request -> request.namePrefix("a").maxResults(1));
        assertEquals(
                List.of("a1"),
                first.schedules().stream().map(ScheduleSummary::name).toList());
        assertEquals(
                List.of("a2"),
                client
                        .listSchedules(
                                request -> request.namePrefix("a").maxResults(1).nextToken(first.nextToken()))
                        .schedules()
                        .stream()
                        .map(ScheduleSummary::name)
                        .toList());
        assertEquals(
                3,
                client.listSchedules(request -> request.groupName("default"))
                        .schedules()
                        .size());
        assertEquals(
                0,
                client.listSchedules(request -> request.state("DISABLED"))
                        .schedules()
                        .size());
        client.deleteSchedule(request -> request.name("b").groupName("default"));
        assertEquals(2, ecs.state().count(Kind.SCHEDULE));
        assertThrows(ResourceNotFoundException.class, () -> client.getSchedule(request -> request.name("b")));
    }

    @Test
    void aNameIsTakenOnce() {
        client.createSchedule(nightly("nightly").build());
        assertThrows(
                ConflictException.class,
                () -> client.createSchedule(nightly("nightly").build()));
    }

    static List<Arguments> refusals() {
        return List.of(
                refusal("groupName", request -> request.groupName("other")),
                refusal(
                        "flexibleTimeWindow.mode",
                        request -> request.flexibleTimeWindow(
                                window -> window.mode("FLEXIBLE").maximumWindowInMinutes(5))),
                refusal("scheduleExpression", request -> request.scheduleExpression("every day")),
                refusal(
                        "target.ecsParameters.taskCount",
                        request -> request.target(target().ecsParameters(parameters ->
                                        parameters.taskDefinitionArn("web").taskCount(11))
                                .build())),
                refusal(
                        "placementConstraints[0]",
                        request -> request.target(target().ecsParameters(parameters ->
                                        parameters.taskDefinitionArn("web").placementConstraints(memberOf("disk =")))
                                .build())),
                refusal(
                        "deadLetterConfig",
                        request -> request.target(target().deadLetterConfig(queue -> queue.arn("arn:queue"))
                                .build())),
                refusal(
                        "TaskDefinition not found",
                        request -> request.target(
                                target().ecsParameters(parameters -> parameters.taskDefinitionArn("none"))
                                        .build())));
    }

    private static Arguments refusal(String what, Consumer<CreateScheduleRequest.Builder> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheField(String what, Consumer<CreateScheduleRequest.Builder> change) {
        CreateScheduleRequest.Builder request = nightly("nightly");
        change.accept(request);
        String message = assertThrows(ValidationException.class, () -> client.createSchedule(request.build()))
                .getMessage();
        assertTrue(message.contains(what), message);
    }
}
