package io.staithe.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.Sample;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.proto.v1.AssignmentDelta;
import io.staithe.proto.v1.AssignmentItem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AssignmentItemsTest {
    private final Sample sample = new Sample(11);
    private final List<Item> oneOfEach = List.of(
            new Item.RunTask(sample.of(AssignedTask.class)),
            new Item.Listen(sample.of(Listener.class)),
            new Item.Route(sample.of(Rule.class)),
            new Item.Group(sample.of(TargetGroup.class)),
            new Item.SendTo(sample.of(Target.class)));

    @Test
    void everyItemComesBackAsItWas() {
        assertEquals(Item.class.getPermittedSubclasses().length, oneOfEach.size());
        for (Item item : oneOfEach) assertEquals(item, Wire.toItem(Wire.toMessage(item)));
    }

    @Test
    void differencesComeBackAsTheyWere() {
        Assignment.Delta whole = new Assignment.Delta(true, oneOfEach, List.of());
        Assignment.Delta some = new Assignment.Delta(false, oneOfEach.subList(0, 2), List.of("task/a", "rule/b"));
        Assignment.Delta none = new Assignment.Delta(false, List.of(), List.of());
        for (Assignment.Delta delta : List.of(whole, some, none))
            assertEquals(delta, Wire.toDelta(Wire.toMessage(delta)));
    }

    @Test
    void anItemOfAnUnknownKindIsRefusedWithItsPlace() {
        AssignmentDelta delta = AssignmentDelta.newBuilder()
                .addPut(Wire.toMessage(oneOfEach.get(3)))
                .addPut(AssignmentItem.getDefaultInstance())
                .build();
        assertEquals(
                "put[1].item",
                assertThrows(Invalid.class, () -> Wire.toDelta(delta)).field());
        AssignmentDelta bad = AssignmentDelta.newBuilder()
                .addPut(AssignmentItem.newBuilder()
                        .setTarget(io.staithe.proto.v1.Target.newBuilder().setTask("no id")))
                .build();
        assertEquals(
                "put[0].target.task",
                assertThrows(Invalid.class, () -> Wire.toDelta(bad)).field());
    }
}
