package io.staithe.core.model;

import java.time.Instant;
import java.util.List;

/** A named set of listeners. Every edge host carries all of them. */
public record LoadBalancer(String name, List<Tag> tags, Instant createdAt) implements Entity {
    public LoadBalancer {
        Check.name(name, "name");
        tags = Check.list(tags);
    }

    @Override
    public Key key() {
        return Key.loadBalancer(name);
    }
}
