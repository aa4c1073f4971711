package io.staithe.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** After a failure: the end of every log, and what the services and tasks are, at that moment. */
final class ShowLogs implements TestWatcher {
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        RunningSystem system = RunningSystem.get();
        System.err.println(context.getDisplayName() + " failed: " + cause);
        System.err.println(system.tryStaithe("", "hosts"));
        System.err.println(system.tryStaithe("", "get", "services"));
        System.err.println(system.tryStaithe("", "get", "tasks", "-a", "-o", "wide"));
        System.err.println(system.lastLines());
    }
}
