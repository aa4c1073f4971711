package io.staithe.core.model;

/** Scratch space of a Fargate task, in GiB. */
public record EphemeralStorage(int sizeInGiB) {
    public EphemeralStorage {
        Check.range(sizeInGiB, 21, 200, "sizeInGiB");
    }
}
