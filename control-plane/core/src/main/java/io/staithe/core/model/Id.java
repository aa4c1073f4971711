package io.staithe.core.model;

/** A typed identifier that is written as one string. Each implementation has a static {@code of(String)} that reads it. */
public interface Id {
    String value();
}
