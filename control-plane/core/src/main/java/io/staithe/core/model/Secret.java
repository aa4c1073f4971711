package io.staithe.core.model;

/**
 * A value that is looked up on the host when the container starts and never passes through the control plane.
 *
 * @param valueFrom where it is: {@code env-file:FILE#NAME} reads NAME from an environment file of the host's
 */
public record Secret(String name, String valueFrom) {
    public Secret {
        Check.text(name, "name", 1024);
        Check.text(valueFrom, "valueFrom", 2048);
    }
}
