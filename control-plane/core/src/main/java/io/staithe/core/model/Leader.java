package io.staithe.core.model;

import java.time.Instant;

/** Which control plane process runs the loop. Lies on that process's lease; its revision fences every commit of the loop. */
public record Leader(String holder, Instant since) implements Entity {
    public static final Key KEY = new Key(Kind.LEADER, "control-plane");

    @Override
    public Key key() {
        return KEY;
    }
}
