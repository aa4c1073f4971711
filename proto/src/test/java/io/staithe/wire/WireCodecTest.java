package io.staithe.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.staithe.core.Sample;
import io.staithe.core.model.Action;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.proto.v1.StoredObject;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WireCodecTest {
    private final WireCodec codec = new WireCodec();

    @Test
    void everyKindComesBackAsItWas() {
        Sample sample = new Sample(5);
        EnumSet<Kind> seen = EnumSet.noneOf(Kind.class);
        for (Class<? extends Entity> type : Sample.entityTypes())
            for (int i = 0; i < 20; i++) {
                Entity entity = sample.of(type);
                seen.add(entity.key().kind());
                assertEquals(entity, codec.decode(entity.key().kind(), codec.encode(entity)));
            }
        assertEquals(EnumSet.allOf(Kind.class), seen);
    }

    @Test
    void whatANewerProgramWroteIsRefused() throws Exception {
        byte[] bytes = codec.encode(new Sample(6).of(io.staithe.core.model.Task.class));
        byte[] newer = StoredObject.parseFrom(bytes).toBuilder()
                .setSchemaVersion(Wire.SCHEMA_VERSION + 1)
                .build()
                .toByteArray();
        assertRefused("schema version", Kind.TASK, newer);
    }

    /** As schema 2 had it: an action with its one target group in field 1. */
    @Test
    void anActionOfAnEarlierSchemaForwardsToItsTargetGroup() {
        UnknownFieldSet former = UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("web"))
                                .build())
                .build();
        Listener now = new Listener("front", 80, "HTTP", Action.forward("web"), List.of());
        Message then = ((io.staithe.proto.v1.Listener) Wire.toMessage(now))
                .toBuilder()
                        .setDefaultAction(
                                io.staithe.proto.v1.Action.newBuilder().setUnknownFields(former))
                        .build();
        byte[] stored = StoredObject.newBuilder()
                .setSchemaVersion(2)
                .setContent(then.toByteString())
                .build()
                .toByteArray();
        assertEquals(now, codec.decode(Kind.LISTENER, stored));
    }

    @Test
    void damageIsRefused() {
        assertRefused("schema version", Kind.TASK, new byte[0]);
        assertRefused("damaged", Kind.TASK, new byte[] {1, 2, 3});
        byte[] empty = StoredObject.newBuilder().setSchemaVersion(1).build().toByteArray();
        assertRefused("damaged", Kind.TASK, empty);
    }

    private void assertRefused(String why, Kind kind, byte[] bytes) {
        String message = assertThrows(IllegalStateException.class, () -> codec.decode(kind, bytes))
                .getMessage();
        assertTrue(message.contains(why) && message.contains(kind.folder()), message);
    }
}
