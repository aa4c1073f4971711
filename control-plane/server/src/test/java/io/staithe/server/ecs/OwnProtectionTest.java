package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.server.aws.ArnScope;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class OwnProtectionTest {
    private static final ServiceId SHOP = new ServiceId("default", "shop");

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final OwnProtection own =
            new OwnProtection(ecs.commits, new ArnScope("eu-test-1", "123456789012"), () -> EcsFixture.NOW);

    @BeforeEach
    void aServiceOfTwoTasks() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
    }

    private Task task(int index) {
        return ecs.state().tasksOf(SHOP).filter(Task::isActive).toList().get(index);
    }

    private ProtectedTask ask(int task, @Nullable Boolean enabled, @Nullable Integer minutes) {
        return Objects.requireNonNull(own.ask(task(task), enabled, minutes).protection());
    }

    @Test
    void isTheProtectionThatUsersSet() {
        assertFalse(ask(0, null, null).protectionEnabled());
        ProtectedTask set = ask(0, true, 5);
        assertEquals("arn:aws:ecs:eu-test-1:123456789012:task/default/" + task(0).id(), set.taskArn());
        assertEquals(EcsFixture.NOW.plus(Duration.ofMinutes(5)), set.expirationDate());
        assertTrue(task(0).isProtectedAt(EcsFixture.NOW));
        assertEquals(set, ask(0, null, null));
        assertFalse(ask(0, false, null).protectionEnabled());
        assertThrows(Invalid.class, () -> own.ask(task(0), true, 2881));
    }

    @Test
    void isRefusedForTheSameReasons() {
        ecs.call(UpdateServiceRequest.builder().service("shop").desiredCount(1).build());
        ask(0, true, null);
        Failure blocked = Objects.requireNonNull(own.ask(task(1), true, null).failure());
        assertEquals("DEPLOYMENT_BLOCKED", blocked.reason());

        ecs.call(RunTaskRequest.builder().taskDefinition("web").build());
        Task alone = ecs.state()
                .tasksIn("default")
                .filter(task -> task.service() == null)
                .findFirst()
                .orElseThrow();
        assertEquals(
                "TASK_NOT_VALID",
                Objects.requireNonNull(own.ask(alone, null, null).failure()).reason());
    }
}
