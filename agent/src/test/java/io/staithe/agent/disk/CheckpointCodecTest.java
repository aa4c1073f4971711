package io.staithe.agent.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.agent.task.Checkpoint;
import io.staithe.agent.task.Checkpoint.SavedTask;
import io.staithe.core.Sample;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CheckpointCodecTest {
    @Test
    void whatIsTakenFromTheLastOneIsStillTrueOfThisOne() throws Exception {
        Random random = new Random(1);
        Sample sample = new Sample(1);
        CheckpointCodec codec = new CheckpointCodec();
        List<SavedTask> tasks = new ArrayList<>();
        Assignment assignment = Assignment.EMPTY;
        for (int i = 0; i < 100; i++) {
            int which = random.nextInt(4);
            if (tasks.isEmpty() || which == 0) {
                AssignedTask task = sample.of(AssignedTask.class);
                tasks.add(new SavedTask(task, false, sample.of(TaskReport.class), Set.of()));
                assignment =
                        assignment.applying(new Assignment.Delta(false, List.of(new Item.RunTask(task)), List.of()));
            } else if (which == 1) {
                tasks.remove(0);
            } else {
                SavedTask was = tasks.get(0);
                tasks.set(0, new SavedTask(was.task(), which == 2, sample.of(TaskReport.class), Set.of("a")));
            }
            Checkpoint checkpoint = new Checkpoint(
                    which == 3, "epoch", null, assignment, tasks, List.of(), Map.of("image", Instant.ofEpochSecond(i)));
            assertEquals(checkpoint, CheckpointCodec.decode(codec.encode(checkpoint)));
        }
    }
}
