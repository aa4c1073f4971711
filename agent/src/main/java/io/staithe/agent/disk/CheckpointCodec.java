package io.staithe.agent.disk;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.staithe.agent.task.Checkpoint;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.AgentCheckpoint;
import io.staithe.proto.v1.AssignmentDelta;
import io.staithe.proto.v1.SavedTask;
import io.staithe.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * A checkpoint as bytes: a mark, a version, a checksum, and an {@code AgentCheckpoint} message. Each checkpoint is mostly as
 * the one before, and a busy agent writes many: what has not changed is not encoded anew. For one thread.
 */
final class CheckpointCodec {
    private static final int MARK = 0x53544147; // "STAG"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 4 + 4 + 8;

    private static final AssignmentDelta WHOLE =
            AssignmentDelta.newBuilder().setFull(true).build();

    private final EncodedParts<Item> items =
            new EncodedParts<>(Item::id, item -> Wire.toMessage(item).toByteString());
    private final EncodedParts<Checkpoint.SavedTask> tasks = new EncodedParts<>(
            saved -> saved.task().task(), saved -> message(saved).toByteString());

    /** The bytes are not a checkpoint that this version can read. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String why) {
            super(why);
        }
    }

    byte[] encode(Checkpoint checkpoint) {
        byte[] message = message(checkpoint);
        return ByteBuffer.allocate(HEADER_BYTES + message.length)
                .putInt(MARK)
                .putInt(VERSION)
                .putLong(checksum(message))
                .put(message)
                .array();
    }

    static Checkpoint decode(byte[] bytes) throws Damaged {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES || in.getInt() != MARK) throw new Damaged("it is no checkpoint");
        int version = in.getInt();
        if (version != VERSION) throw new Damaged("it has version " + version + ", and this agent knows " + VERSION);
        long checksum = in.getLong();
        byte[] message = new byte[in.remaining()];
        in.get(message);
        if (checksum != checksum(message)) throw new Damaged("its checksum is wrong");
        try {
            return checkpoint(AgentCheckpoint.parseFrom(message));
        } catch (InvalidProtocolBufferException | Invalid unreadable) {
            throw new Damaged(String.valueOf(unreadable.getMessage()));
        }
    }

    private static long checksum(byte[] message) {
        CRC32C crc = new CRC32C();
        crc.update(message);
        return crc.getValue();
    }

    /** Fields of a protobuf message may follow each other in any order, each encoded for itself. */
    private byte[] message(Checkpoint checkpoint) {
        byte[] assignment = bytes(out -> {
            WHOLE.writeTo(out);
            write(
                    out,
                    AssignmentDelta.PUT_FIELD_NUMBER,
                    items.of(checkpoint.assignment().items()));
        });
        return bytes(out -> {
            rest(checkpoint).writeTo(out);
            out.writeByteArray(AgentCheckpoint.ASSIGNMENT_FIELD_NUMBER, assignment);
            write(out, AgentCheckpoint.TASKS_FIELD_NUMBER, tasks.of(checkpoint.tasks().stream()));
        });
    }

    private interface Content {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            content.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(CodedOutputStream out, int field, List<ByteString> messages) throws IOException {
        for (ByteString message : messages) out.writeBytes(field, message);
    }

    /** All but the assignment and the tasks. */
    private static AgentCheckpoint rest(Checkpoint checkpoint) {
        AgentCheckpoint.Builder message = AgentCheckpoint.newBuilder().setMemoryLost(checkpoint.memoryLost());
        if (checkpoint.epoch() != null) message.setEpoch(checkpoint.epoch());
        if (checkpoint.graceUntil() != null) message.setGraceUntil(timestamp(checkpoint.graceUntil()));
        for (TaskId tombstone : checkpoint.tombstones()) message.addTombstones(tombstone.value());
        checkpoint.images().forEach((id, lastUsed) -> message.putImages(id, timestamp(lastUsed)));
        return message.build();
    }

    private static SavedTask message(Checkpoint.SavedTask task) {
        return SavedTask.newBuilder()
                .setTask(Wire.toMessage(task.task(), io.staithe.proto.v1.AssignedTask.class))
                .setStopping(task.stopping())
                .setReport(Wire.toMessage(task.report(), io.staithe.proto.v1.TaskReport.class))
                .addAllBegun(task.begun())
                .build();
    }

    private static Checkpoint checkpoint(AgentCheckpoint message) {
        List<Checkpoint.SavedTask> tasks =
                message.getTasksList().stream().map(CheckpointCodec::task).toList();
        Map<String, Instant> images = new TreeMap<>();
        message.getImagesMap().forEach((id, lastUsed) -> images.put(id, instant(lastUsed)));
        return new Checkpoint(
                message.getMemoryLost(),
                message.hasEpoch() ? message.getEpoch() : null,
                message.hasGraceUntil() ? instant(message.getGraceUntil()) : null,
                Assignment.EMPTY.applying(Wire.toDelta(message.getAssignment())),
                tasks,
                message.getTombstonesList().stream().map(TaskId::of).toList(),
                images);
    }

    private static Checkpoint.SavedTask task(SavedTask message) {
        return new Checkpoint.SavedTask(
                Wire.toRecord(message.getTask(), AssignedTask.class),
                message.getStopping(),
                Wire.toRecord(message.getReport(), TaskReport.class),
                new TreeSet<>(message.getBegunList()));
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
