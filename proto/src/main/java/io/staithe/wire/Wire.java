package io.staithe.wire;

import com.google.protobuf.Message;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.Invalid;
import io.staithe.proto.v1.AssignmentDelta;
import io.staithe.proto.v1.AssignmentItem;
import java.util.ArrayList;
import java.util.List;

/**
 * Records to messages of the same name, and back. Names match component by component; absent stays apart from empty.
 * Thread-safe.
 *
 * <p>What comes from outside is bounded by the transport (the size of a message) and validated here by the records'
 * constructors: a violation is {@link Invalid} with the whole path to the field.
 */
public final class Wire {
    /** Version of what is stored. Raise it when an older program would lose a new field by rewriting an object. */
    public static final int SCHEMA_VERSION = 3;

    private Wire() {}

    /**
     * The generated message with the record's name.
     *
     * @throws IllegalArgumentException when a component that is not nullable is null
     * @throws IllegalStateException when record and message differ in shape
     */
    public static Message toMessage(Record value) {
        return RecordMapping.of(value.getClass()).toMessage(value);
    }

    /** {@link #toMessage(Record)} for callers that know the type. */
    public static <M extends Message> M toMessage(Record value, Class<M> type) {
        return type.cast(toMessage(value));
    }

    /**
     * The record that the message describes.
     *
     * @throws Invalid when a required part is absent or a constructor refuses a value, with the path to it
     * @throws IllegalArgumentException when the message is not the one with the record's name
     * @throws IllegalStateException when record and message differ in shape
     */
    public static <R extends Record> R toRecord(Message message, Class<R> type) {
        return type.cast(RecordMapping.of(type).toRecord(message));
    }

    public static AssignmentDelta toMessage(Assignment.Delta delta) {
        AssignmentDelta.Builder message = AssignmentDelta.newBuilder().setFull(delta.full());
        for (Item item : delta.put()) message.addPut(AssignmentItems.toMessage(item));
        return message.addAllRemoved(delta.removed()).build();
    }

    /** @throws Invalid as {@link #toRecord}; the path starts with {@code put[INDEX]} */
    public static Assignment.Delta toDelta(AssignmentDelta message) {
        List<Item> put = new ArrayList<>(message.getPutCount());
        for (int i = 0; i < message.getPutCount(); i++) {
            try {
                put.add(toItem(message.getPut(i)));
            } catch (Invalid invalid) {
                throw invalid.within("put[" + i + "]");
            }
        }
        return new Assignment.Delta(message.getFull(), put, List.copyOf(message.getRemovedList()));
    }

    public static AssignmentItem toMessage(Item item) {
        return AssignmentItems.toMessage(item);
    }

    /** @throws Invalid as {@link #toRecord}, and when the message holds no item or one of a kind unknown here */
    public static Item toItem(AssignmentItem message) {
        return AssignmentItems.toItem(message);
    }
}
