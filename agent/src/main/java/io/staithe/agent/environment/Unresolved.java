package io.staithe.agent.environment;

/** Something that a container needs of its host is not there. The message names it, never a value. */
public final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unresolved(String what) {
        super("ResourceInitializationError: " + what);
        reason = "ResourceInitializationError: " + what;
    }

    /** In ECS's words. */
    public String reason() {
        return reason;
    }
}
