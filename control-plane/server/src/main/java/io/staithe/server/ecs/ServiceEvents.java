package io.staithe.server.ecs;

import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import java.util.List;

/** What was said of services, tasks and other objects, newest first. The history database keeps it. */
public interface ServiceEvents {
    /** ECS keeps the last 100 of a service. */
    int MAX_SHOWN = 100;

    /** @param limit most events to return */
    List<ServiceEvent> ofService(ServiceId service, int limit);

    /** @param limit most events to return */
    List<ServiceEvent> ofTask(TaskId task, int limit);

    /**
     * @param path of the object's key, such as {@code /instances/0123...}
     * @param limit most events to return
     */
    List<ServiceEvent> about(String path, int limit);
}
