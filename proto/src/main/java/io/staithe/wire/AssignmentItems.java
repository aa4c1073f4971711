package io.staithe.wire;

import com.google.protobuf.Message;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Item;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.proto.v1.AssignmentItem;

/** The one-of of an assignment's items, which has no counterpart among the records. */
final class AssignmentItems {
    private AssignmentItems() {}

    static AssignmentItem toMessage(Item item) {
        AssignmentItem.Builder message = AssignmentItem.newBuilder();
        if (item instanceof Item.RunTask run)
            message.setTask(Wire.toMessage(run.task(), io.staithe.proto.v1.AssignedTask.class));
        else if (item instanceof Item.Listen listen)
            message.setListener(Wire.toMessage(listen.listener(), io.staithe.proto.v1.Listener.class));
        else if (item instanceof Item.Route route)
            message.setRule(Wire.toMessage(route.rule(), io.staithe.proto.v1.Rule.class));
        else if (item instanceof Item.Group group)
            message.setTargetGroup(Wire.toMessage(group.targetGroup(), io.staithe.proto.v1.TargetGroup.class));
        else if (item instanceof Item.SendTo send)
            message.setTarget(Wire.toMessage(send.target(), io.staithe.proto.v1.Target.class));
        else throw new IllegalStateException("no message for " + item.getClass());
        return message.build();
    }

    static Item toItem(AssignmentItem message) {
        return switch (message.getItemCase()) {
            case TASK -> new Item.RunTask(read("task", message.getTask(), AssignedTask.class));
            case LISTENER -> new Item.Listen(read("listener", message.getListener(), Listener.class));
            case RULE -> new Item.Route(read("rule", message.getRule(), Rule.class));
            case TARGET_GROUP -> new Item.Group(read("targetGroup", message.getTargetGroup(), TargetGroup.class));
            case TARGET -> new Item.SendTo(read("target", message.getTarget(), Target.class));
            case ITEM_NOT_SET -> throw new Invalid("item", "is required, and of a kind that this version knows");
        };
    }

    private static <R extends Record> R read(String field, Message message, Class<R> type) {
        try {
            return Wire.toRecord(message, type);
        } catch (Invalid invalid) {
            throw invalid.within(field);
        }
    }
}
