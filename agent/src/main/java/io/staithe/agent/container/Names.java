package io.staithe.agent.container;

import io.staithe.core.model.TaskId;

/**
 * What containers and volumes are called in the engine. A name follows from what it names, so that a repeated creation
 * finds the first one's result instead of making a second.
 */
public final class Names {
    /** 48 bits of a task's id: enough on one host, and the labels hold the whole id. */
    private static final int TASK_CHARS = 12;

    private Names() {}

    public static String container(TaskId task, String container) {
        return prefix(task) + container;
    }

    /** No name that a definition can give holds a dot. */
    public static String networkHolder(TaskId task) {
        return prefix(task) + ".network";
    }

    /** A volume that ends with its task. */
    public static String taskVolume(TaskId task, String volume) {
        return prefix(task) + volume;
    }

    private static String prefix(TaskId task) {
        return "staithe-" + task.value().substring(0, TASK_CHARS) + "-";
    }
}
