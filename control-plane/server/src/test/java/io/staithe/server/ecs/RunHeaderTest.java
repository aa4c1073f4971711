package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.Kind;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Task;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

final class RunHeaderTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority=10                      | 10   | false",
                "allOrNothing=true                | 0    | true",
                "priority=1000, allOrNothing=true | 1000 | true",
                "allOrNothing=false,priority=0    | 0    | false",
            })
    void says(String header, int priority, boolean allOrNothing) {
        PlacementPolicy policy = Objects.requireNonNull(RunHeader.read(header).placement());
        assertEquals(priority, policy.priority());
        assertEquals(allOrNothing, policy.allOrNothing());
    }

    @Test
    void saysNothing() {
        assertEquals(RunHeader.NONE, RunHeader.read(null));
        assertEquals(RunHeader.NONE, RunHeader.read(" "));
        assertNull(RunHeader.read("retries=1").placement());
        assertNull(RunHeader.read("priority=1").job());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "headroom=1              | must be like priority=10,allOrNothing=true,waitForCapacitySeconds=600,retries=3,maxRunSeconds=60",
                "priority                | must be like priority=10,allOrNothing=true,waitForCapacitySeconds=600,retries=3,maxRunSeconds=60",
                "priority=1,             | must be like priority=10,allOrNothing=true,waitForCapacitySeconds=600,retries=3,maxRunSeconds=60",
                "priority=1,priority=2   | must be like priority=10,allOrNothing=true,waitForCapacitySeconds=600,retries=3,maxRunSeconds=60",
                "priority=high           | must be a whole number",
                "priority=1001           | must be between 0 and 1000",
                "retries=11              | must be between 0 and 10",
                "retries=few             | must be a whole number",
                "maxRunSeconds=0         | must be between 1 and 2592000",
                "waitForCapacitySeconds=0 | must be between 1 and 604800",
                "allOrNothing=yes        | must be true or false",
            })
    void otherWordsAreRefused(String header, String rule) {
        Invalid invalid = assertThrows(Invalid.class, () -> RunHeader.read(header));
        assertEquals(rule, invalid.rule());
        assertEquals("x-staithe-run", invalid.field().split("\\.", 2)[0]);
    }

    @Test
    void tasksHaveWhatWasAsked() {
        run("priority=10,allOrNothing=true", "web", 2, null);
        List<Task> tasks = ecs.memory.all(Kind.TASK, Task.class);
        assertEquals(2, tasks.size());
        for (Task task : tasks)
            assertEquals(new PlacementPolicy(10, List.of(), List.of(), true, 0, null), task.placementPolicy());
    }

    @Test
    void ofSeveralNoneIsMadeWhenOneFindsNoRoom() {
        ecs.call(EcsFixture.definition("big").memory("3000").build());
        RunTaskResponse none = run("allOrNothing=true", "big", 2, null);
        assertEquals(0, none.tasks().size());
        assertEquals("RESOURCE:MEMORY", none.failures().get(0).reason());
        assertEquals(1, run("allOrNothing=false", "big", 2, null).tasks().size());
    }

    @Test
    void aTokenStandsForThePlacementToo() {
        assertEquals(
                run("priority=1", "web", 1, "t").tasks(),
                run("priority=1", "web", 1, "t").tasks());
        assertThrows(ApiError.class, () -> run("priority=2", "web", 1, "t"));
        assertThrows(ApiError.class, () -> run(null, "web", 1, "t"));
    }

    @Test
    void saysWhatIsWantedOfAJob() {
        assertEquals(
                new JobPolicy(60, 2, 30),
                RunHeader.read("waitForCapacitySeconds=60, retries=2,maxRunSeconds=30")
                        .job());
        assertEquals(new JobPolicy(null, 2, null), RunHeader.read("retries=2").job());
    }

    @Test
    void aJobThatWaitsIsMadeEvenIfNoHostTakesIt() {
        ecs.call(EcsFixture.definition("big").memory("300000").build());
        assertEquals(0, run("retries=1", "big", 1, null).tasks().size());
        RunTaskResponse waits = run("retries=1,waitForCapacitySeconds=60", "big", 2, null);
        assertEquals(2, waits.tasks().size());
        assertEquals(List.of(), waits.failures());
        List<Task> tasks = ecs.memory.all(Kind.TASK, Task.class);
        assertEquals(2, ecs.memory.all(Kind.JOB, Job.class).size());
        for (Task task : tasks) assertEquals(new JobRun(task.id(), 1), task.job());
    }

    private RunTaskResponse run(String header, String definition, int count, String token) {
        Caller known = EcsFixture.CALLER;
        Caller caller = new Caller(
                known.account(),
                known.region(),
                known.principal(),
                known.accessKeyId(),
                known.requestId(),
                null,
                header,
                null,
                known.now());
        RunTaskRequest request = RunTaskRequest.builder()
                .taskDefinition(definition)
                .count(count)
                .clientToken(token)
                .build();
        return ecs.call(request, caller);
    }
}
