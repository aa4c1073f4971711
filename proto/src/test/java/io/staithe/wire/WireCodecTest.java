package io.staithe.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Kind;
import io.staithe.proto.v1.StoredObject;
import java.util.EnumSet;
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
