package io.staithe.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JobReconcilerTest {
    private static final JobPolicy THREE_RETRIES = new JobPolicy(3600, 3, null);

    @Test
    void aJobThatFailsTwiceSucceedsWithItsThirdTask() {
        JobScene scene = running(THREE_RETRIES);
        Set<String> ids = new TreeSet<>();
        for (int attempt = 1; attempt <= 2; attempt++) {
            ids.add(scene.task().id().value());
            scene.exits(7);
            assertEquals(attempt, scene.job().attempt());
            Duration most = Duration.ofSeconds(10L << (attempt - 1));
            Duration pause = scene.passesToNext();
            assertTrue(pause.compareTo(most) <= 0 && pause.compareTo(most.dividedBy(2)) >= 0, pause.toString());
        }
        ids.add(scene.task().id().value());
        assertEquals(3, ids.size());
        assertEquals(3, scene.task().job().attempt());
        assertEquals(scene.first.id(), scene.task().job().job());
        scene.exits(0);
        assertEquals(Job.Status.SUCCEEDED, scene.job().status());
        assertEquals(3, scene.tasks());
        assertTrue(scene.world.messages().stream()
                .anyMatch(said -> said.endsWith(
                        "has succeeded with attempt 3 of 4: Essential container in task exited" + " with code 0")));
    }

    @Test
    void itFailsWhenNoRetryIsLeft() {
        JobScene scene = running(new JobPolicy(3600, 1, null));
        scene.failsToStart().passesToNext();
        scene.failsToStart();
        assertEquals(Job.Status.FAILED, scene.job().status());
        assertEquals("CannotPullContainerError: not found", scene.job().reason());
        scene.world.pass(Duration.ofMinutes(30));
        scene.run();
        assertEquals(2, scene.tasks());
    }

    @Test
    void theEssentialContainerThatEndsFirstDecides() {
        JobScene done = running(THREE_RETRIES).exits(0, 137);
        assertEquals(Job.Status.SUCCEEDED, done.job().status());
        JobScene failed = running(THREE_RETRIES).exits(1, 0);
        assertEquals(Job.Status.ACTIVE, failed.job().status());
        assertNotNull(failed.job().retryAt());
    }

    @Test
    void aLostHostIsAFailure() {
        JobScene scene = new JobScene(THREE_RETRIES);
        ContainerInstance host = scene.world.host("host", 4096, 4096);
        scene.run();
        scene.world.disconnects(host);
        scene.world.settle().pass(Duration.ofMinutes(2)).settle();
        scene.world.host("other", 4096, 4096);
        scene.passesToNext();
        assertEquals(2, scene.task().job().attempt());
        assertNotNull(scene.task().startedAt());
    }

    @Test
    void stopTaskEndsTheJob() {
        JobScene scene = running(THREE_RETRIES);
        Task task = scene.task();
        scene.world.put(task.but()
                .stop(StopCode.UserInitiated, "enough", scene.world.now)
                .build());
        scene.run();
        assertEquals(Job.Status.STOPPED, scene.job().status());
        assertEquals("enough", scene.job().reason());
    }

    @Test
    void aJobThatIsToEndEndsInItsPauseToo() {
        JobScene scene = running(THREE_RETRIES).exits(1);
        scene.world.put(scene.job().stopping("enough"));
        scene.run();
        assertEquals(Job.Status.STOPPED, scene.job().status());
        scene.world.pass(Duration.ofMinutes(1));
        scene.run();
        assertEquals(1, scene.tasks());
    }

    @Test
    void itsTaskIsStoppedWhenTheJobIsToEnd() {
        JobScene scene = running(THREE_RETRIES);
        scene.world.put(scene.job().stopping("replaced"));
        scene.run();
        assertTrue(scene.task().isStopped());
        assertEquals(StopCode.UserInitiated, scene.task().stopCode());
        assertEquals("replaced", scene.task().stoppedReason());
        assertEquals(Job.Status.STOPPED, scene.job().status());
    }

    @Test
    void whatRunsForTooLongIsStoppedAndNotTriedAgain() {
        JobScene scene = running(new JobPolicy(3600, 3, 90));
        scene.world.pass(Duration.ofSeconds(89));
        scene.run();
        assertTrue(scene.task().isActive());
        scene.world.pass(Duration.ofSeconds(1));
        scene.run();
        assertEquals(StopCode.ServiceSchedulerInitiated, scene.task().stopCode());
        assertEquals(
                "The task ran for longer than its job allows: 90 s (maxRunSeconds)",
                scene.task().stoppedReason());
        assertEquals(Job.Status.FAILED, scene.job().status());
        assertEquals(1, scene.tasks());
    }

    @Test
    void itWaitsForCapacityAndThenRuns() {
        JobScene scene = new JobScene(new JobPolicy(600, 0, null));
        scene.world.host("small", 4096, 256);
        scene.run().world.pass(Duration.ofSeconds(599));
        scene.run();
        assertTrue(scene.task().isActive());
        assertNull(scene.task().instance());
        scene.world.host("large", 4096, 1024);
        scene.run();
        assertNotNull(scene.task().startedAt());
        scene.world.pass(Duration.ofMinutes(1));
        scene.run();
        assertTrue(scene.task().isActive());
    }

    @Test
    void itWaitsNoLongerThanAskedAndNamesTheNearestMiss() {
        JobScene scene = new JobScene(new JobPolicy(600, 3, null));
        scene.world.host("small", 4096, 256);
        scene.run().world.pass(Duration.ofMinutes(10));
        scene.run();
        assertEquals(StopCode.TaskFailedToStart, scene.task().stopCode());
        String why = String.valueOf(scene.task().stoppedReason());
        assertTrue(why.startsWith("No host took the task within 10 min (waitForCapacitySeconds): no host fits"), why);
        assertTrue(why.contains("small"), why);
        assertEquals(Job.Status.FAILED, scene.job().status());
        assertEquals(1, scene.tasks());
    }

    @Test
    void anEndedJobIsForgottenWithItsTasks() {
        JobScene scene = running(THREE_RETRIES).exits(0);
        scene.world.pass(Duration.ofHours(1));
        scene.run();
        assertTrue(scene.world.state().job(scene.first.id()).isEmpty());
        assertEquals(0, scene.tasks());
    }

    private static JobScene running(JobPolicy policy) {
        JobScene scene = new JobScene(policy);
        scene.world.host("host", 4096, 4096);
        return scene.run();
    }
}
