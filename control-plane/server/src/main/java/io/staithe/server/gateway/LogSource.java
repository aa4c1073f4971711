package io.staithe.server.gateway;

import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the output of tasks is read. */
public interface LogSource {
    /**
     * What to read.
     *
     * @param container empty: all containers of the task
     * @param follow goes on with what comes later
     * @param tail lines from the end; 0: all that the host keeps
     * @param since only lines from then on; absent: all
     */
    record Request(
            TaskId task,
            InstanceId instance,
            String container,
            boolean follow,
            int tail,
            @Nullable Instant since) {}

    /**
     * Starts reading.
     *
     * @return what to run when the reader is gone
     * @throws io.staithe.server.aws.ApiError when the task's host is not connected to this process
     */
    Runnable open(Request request, LogReader reader);
}
