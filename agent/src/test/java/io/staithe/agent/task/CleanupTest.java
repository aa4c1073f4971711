package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.stopped;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.Image;
import io.staithe.core.assignment.AssignedTask;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is over is kept for a while, and then removed with a bound. */
final class CleanupTest {
    private final Stage stage = new Stage();

    @Test
    void keepsContainersOfStoppedTasksForAnHour() {
        AssignedTask web = task(1, container("web"));
        stage.assign(full(web)).assign(full(stopped(web)));
        stage.pass(Duration.ofMinutes(59));
        assertEquals(1, stage.containers.size());
        stage.pass(Duration.ofMinutes(1));
        assertTrue(stage.containers.isEmpty());
    }

    @Test
    void keepsThoseOfTheNewestFiftyTasks() {
        AssignedTask[] running =
                IntStream.range(0, 60).mapToObj(i -> task(i, container("web"))).toArray(AssignedTask[]::new);
        stage.assign(full(running));
        for (AssignedTask task : running) {
            stage.pass(Duration.ofSeconds(1));
            stage.assign(Given.put(stopped(task)));
        }
        assertEquals(50, stage.containers.size());
        assertTrue(stage.container(59, "web") != null && stage.container(9, "web") == null);
    }

    @Test
    void removesAtMostFiveUnusedImagesACycleTheLongestUnusedFirst() {
        AssignedTask[] tasks = IntStream.range(0, 7)
                .mapToObj(i -> task(i, container("web").image("app:" + i)))
                .toArray(AssignedTask[]::new);
        for (AssignedTask task : tasks) {
            stage.fail("create", Outcome.Failure.Kind.PERMANENT, "CannotCreateContainerError: no");
            stage.assign(full(task)).pass(Duration.ofSeconds(1));
        }
        for (int i = 0; i < 7; i++) stage.images.add(image("image-of-app:" + i, "sha256:1"));
        stage.assign(full());
        stage.pass(Duration.ofMinutes(59));
        assertEquals(7, stage.images.size());
        stage.pass(Duration.ofMinutes(30));
        assertEquals(
                List.of("image-of-app:5", "image-of-app:6"),
                stage.images.stream().map(Image::id).toList());
        stage.pass(Duration.ofMinutes(30));
        assertTrue(stage.images.isEmpty());
    }

    @Test
    void keepsImagesThatAreInUseOrLocalOrNobodysBusiness() {
        stage.assign(full(task(1, container("web"))));
        stage.images.add(image("image-of-app:1", "sha256:1"));
        stage.images.add(image("built here", null));
        stage.images.add(image("somebody's", "sha256:2"));
        for (int i = 0; i < 10; i++) stage.pass(Duration.ofHours(1));
        assertEquals(3, stage.images.size());
    }

    @Test
    void boundsWhatIsInFlight() {
        AssignedTask[] many = IntStream.range(0, 100)
                .mapToObj(i -> task(i, container("web").image("app:" + i)))
                .toArray(AssignedTask[]::new);
        stage.hold(action -> true).assign(full(many));
        assertEquals(Limits.STANDARD.pullsInFlight(), stage.held.size());
        stage.hold(action -> !(action instanceof Action.Pull));
        List<Action> pulls = List.copyOf(stage.held);
        stage.held.clear();
        for (Action pull : pulls) stage.loop.completed(pull, Outcome.image(image("x", "sha256:1")), stage.now);
        stage.settle();
        assertEquals(Limits.STANDARD.actionsInFlight(), stage.held.size());
        stage.release();
        assertEquals(100, stage.log.stream().filter("start web"::equals).count());
    }

    private static Image image(String id, String digest) {
        return new Image(id, List.of(id), digest, 1, Stage.START);
    }
}
