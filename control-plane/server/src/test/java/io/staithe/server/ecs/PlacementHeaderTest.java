package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.Invalid;
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

final class PlacementHeaderTest {
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
        PlacementPolicy policy = Objects.requireNonNull(PlacementHeader.read(header));
        assertEquals(priority, policy.priority());
        assertEquals(allOrNothing, policy.allOrNothing());
    }

    @Test
    void saysNothing() {
        assertNull(PlacementHeader.read(null));
        assertNull(PlacementHeader.read(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "headroom=1              | must be like priority=10,allOrNothing=true",
                "priority                | must be like priority=10,allOrNothing=true",
                "priority=1,             | must be like priority=10,allOrNothing=true",
                "priority=1,priority=2   | must be like priority=10,allOrNothing=true",
                "priority=high           | must be a whole number",
                "priority=1001           | must be between 0 and 1000",
                "allOrNothing=yes        | must be true or false",
            })
    void otherWordsAreRefused(String header, String rule) {
        Invalid invalid = assertThrows(Invalid.class, () -> PlacementHeader.read(header));
        assertEquals(rule, invalid.rule());
        assertEquals("x-staithe-placement", invalid.field().split("\\.", 2)[0]);
    }

    @Test
    void tasksHaveWhatWasAsked() {
        run("priority=10,allOrNothing=true", "web", 2, null);
        List<Task> tasks = ecs.memory.all(Kind.TASK, Task.class);
        assertEquals(2, tasks.size());
        for (Task task : tasks)
            assertEquals(new PlacementPolicy(10, List.of(), List.of(), true, 0), task.placementPolicy());
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
                known.now());
        RunTaskRequest request = RunTaskRequest.builder()
                .taskDefinition(definition)
                .count(count)
                .clientToken(token)
                .build();
        return ecs.call(request, caller);
    }
}
