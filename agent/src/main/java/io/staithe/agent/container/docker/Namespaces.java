package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.HostConfig;
import io.staithe.agent.container.Names;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.NetworkMode;

/** Which process and IPC namespaces a task's containers share. The network holder owns those of the task. */
final class Namespaces {
    private Namespaces() {}

    static void apply(TaskSpec task, HostConfig host) {
        String pid = task.definition().pidMode();
        if (pid != null) host.withPidMode(pid.equals("host") ? "host" : holder(task, "pidMode"));
        String ipc = task.definition().ipcMode();
        if (ipc != null)
            host.withIpcMode(
                    switch (ipc) {
                        case "host", "none" -> ipc;
                        default -> holder(task, "ipcMode");
                    });
    }

    /** So that others may join the holder's. */
    static void applyToHolder(TaskSpec task, HostConfig host) {
        if ("task".equals(task.definition().ipcMode())) host.withIpcMode("shareable");
    }

    private static String holder(TaskSpec task, String field) {
        if (task.definition().networkModeOrDefault() != NetworkMode.AWSVPC)
            throw new IllegalArgumentException(field + ": task needs networkMode awsvpc");
        return "container:" + Names.networkHolder(task.task());
    }
}
