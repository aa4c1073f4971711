package io.staithe.core.model;

import java.time.Instant;

/** The mover wants a task replaced on another host. It stays until its replacement is healthy. */
public record Relocation(String reason, Instant since) {
    public Relocation {
        Check.text(reason, "reason", 1024);
    }
}
