package io.staithe.core.model;

/** The last revision that a task definition family has given out, so that none is given twice. */
public record Family(String name, int lastRevision) implements Entity {
    public Family {
        Check.name(name, "family");
    }

    @Override
    public Key key() {
        return Key.family(name);
    }
}
