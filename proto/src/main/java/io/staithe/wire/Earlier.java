package io.staithe.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.staithe.proto.v1.Action;
import io.staithe.proto.v1.WeightedTargetGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages that an earlier schema wrote, as this one writes them: from stores, from agents' disks and over the network. */
final class Earlier {
    /** Until schema 2: the one target group to which an action forwards. */
    private static final int ACTION_TARGET_GROUP = 1;

    private Earlier() {}

    static Message asNow(Message message) {
        return message instanceof Action action ? action(action) : message;
    }

    private static Action action(Action action) {
        UnknownFieldSet unknown = action.getUnknownFields();
        List<ByteString> former = unknown.getField(ACTION_TARGET_GROUP).getLengthDelimitedList();
        if (former.isEmpty()) return action;
        String targetGroup = former.get(former.size() - 1).toString(StandardCharsets.UTF_8);
        return action.toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder(unknown)
                        .clearField(ACTION_TARGET_GROUP)
                        .build())
                .addForward(WeightedTargetGroup.newBuilder()
                        .setTargetGroup(targetGroup)
                        .setWeight(1))
                .build();
    }
}
