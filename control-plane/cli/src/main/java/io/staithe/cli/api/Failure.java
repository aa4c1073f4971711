package io.staithe.cli.api;

/** The command cannot do what was asked, and the message says why. The user sees the message alone. */
public class Failure extends RuntimeException {
    public Failure(String message) {
        super(message);
    }
}
