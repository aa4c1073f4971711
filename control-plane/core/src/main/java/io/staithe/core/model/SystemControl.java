package io.staithe.core.model;

/** A namespaced kernel parameter of a container ({@code sysctl}). */
public record SystemControl(String namespace, String value) {
    public SystemControl {
        Check.text(namespace, "namespace", 255);
        Check.text(value, "value", 255);
    }
}
