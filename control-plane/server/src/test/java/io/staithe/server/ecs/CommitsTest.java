package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.Kind;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.FaultyStore.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Whatever becomes of a commit, what was asked for once happens once. */
final class CommitsTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    @ParameterizedTest
    @EnumSource(Fault.class)
    void registersOneRevision(Fault fault) {
        ecs.store.next(fault);
        ecs.call(EcsFixture.definition("web").build());
        assertEquals(
                2, ecs.memory.all(Kind.TASK_DEFINITION, TaskDefinition.class).size());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void createsOneService(Fault fault) {
        ecs.store.next(fault);
        ecs.call(EcsFixture.service("shop").build());
        Service made = ecs.state().service(new ServiceId("default", "shop")).orElseThrow();
        assertEquals(2, made.desiredCount());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void forcesOneDeployment(Fault fault) {
        ecs.call(EcsFixture.service("shop").build());
        ecs.store.next(fault);
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .forceNewDeployment(true)
                .build());
        Service updated = ecs.state().service(new ServiceId("default", "shop")).orElseThrow();
        assertEquals(1, updated.revision().forced());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void startsEachTaskOnce(Fault fault) {
        ecs.store.next(fault);
        RunTaskResponse answer =
                ecs.call(RunTaskRequest.builder().taskDefinition("web").count(3).build());
        assertEquals(3, answer.tasks().size());
        assertEquals(3, ecs.memory.all(Kind.TASK, Task.class).size());
    }

    @Test
    void aForcedDeploymentThatWasAppliedUnseenIsNotForcedAgainAfterAnotherWrite() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.store.next(Fault.UNKNOWN_APPLIED);
        ServiceId id = new ServiceId("default", "shop");
        Runnable scaledByAnother = () -> ecs.put(
                ecs.state().service(id).orElseThrow().but().desiredCount(7).build());
        ecs.meanwhile = scaledByAnother;
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .forceNewDeployment(true)
                .build());
        assertEquals(1, ecs.state().service(id).orElseThrow().revision().forced());
    }

    @Test
    void aConflictIsDecidedAgainOnWhatTheOtherWrote() {
        ecs.call(EcsFixture.service("shop").build());
        ServiceId id = new ServiceId("default", "shop");
        ecs.store.next(Fault.CONFLICT);
        ecs.meanwhile = () -> ecs.put(
                ecs.state().service(id).orElseThrow().but().desiredCount(7).build());
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .healthCheckGracePeriodSeconds(5)
                .build());
        assertEquals(7, ecs.state().service(id).orElseThrow().desiredCount());
        assertEquals(5, ecs.state().service(id).orElseThrow().healthCheckGracePeriodSeconds());
    }

    @Test
    void givesUpAfterSomeAttemptsWithAnErrorThatSdksRetry() {
        for (int i = 0; i < 20; i++) ecs.store.next(Fault.CONFLICT);
        int before = ecs.store.commits();
        ApiError error = assertThrows(
                ApiError.class, () -> ecs.call(EcsFixture.definition("web").build()));
        assertEquals("ServerException", error.code());
        assertEquals(500, error.status());
        assertEquals(8, ecs.store.commits() - before);
    }
}
