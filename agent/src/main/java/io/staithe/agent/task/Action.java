package io.staithe.agent.task;

import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done on the host. Each is idempotent; each is answered by one {@link Outcome}, given back to {@link
 * AgentLoop#completed}.
 */
public sealed interface Action {
    /** Which kind it is, for whoever carries it out. */
    <R> R accept(Visitor<R> visitor);

    /** What is done to what, for a log line: without values of the environment. */
    String describe();

    /** @param credentials the name of an entry of the host's registry credentials file; absent: by the registry's name */
    record Pull(String reference, @Nullable String credentials) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pull(this);
        }

        @Override
        public String describe() {
            return "pull " + reference;
        }
    }

    record CreateVolume(TaskSpec task, String volume) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.createVolume(this);
        }

        @Override
        public String describe() {
            return "create volume " + volume + " of task " + task.task();
        }
    }

    /** Creates and starts the owner of the task's network namespace. */
    record CreateNetworkHolder(TaskSpec task) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.createNetworkHolder(this);
        }

        @Override
        public String describe() {
            return "create the network of task " + task.task();
        }
    }

    /**
     * @param container the definition with the task's override applied; environment files and secrets are still to be
     *     looked up, by whoever carries this out
     */
    record Create(TaskSpec task, ContainerDefinition container) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.create(this);
        }

        @Override
        public String describe() {
            return "create " + container.name() + " of task " + task.task();
        }
    }

    record Start(TaskId task, String container, String id) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.start(this);
        }

        @Override
        public String describe() {
            return "start " + container + " of task " + task;
        }
    }

    /**
     * One run of a check.
     *
     * @param address where the container is reached; absent: nowhere
     */
    record Check(
            TaskId task,
            String container,
            String id,
            @Nullable String address,
            HealthCheck check) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.check(this);
        }

        @Override
        public String describe() {
            return "check " + container + " of task " + task;
        }
    }

    /**
     * What a container wants done before it is stopped.
     *
     * @param timeout until it is not waited for any longer
     */
    record RunPreStop(TaskId task, String container, String id, List<String> command, Duration timeout)
            implements Action {
        public RunPreStop {
            command = List.copyOf(command);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.runPreStop(this);
        }

        @Override
        public String describe() {
            return "run preStop in " + container + " of task " + task;
        }
    }

    /** @param timeout between the stop signal and SIGKILL */
    record Stop(TaskId task, String container, String id, Duration timeout) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stop(this);
        }

        @Override
        public String describe() {
            return "stop " + container + " of task " + task;
        }
    }

    record Remove(TaskId task, String container, String id) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.remove(this);
        }

        @Override
        public String describe() {
            return "remove " + container + " of task " + task;
        }
    }

    record RemoveVolumes(TaskSpec task) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.removeVolumes(this);
        }

        @Override
        public String describe() {
            return "remove the volumes of task " + task.task();
        }
    }

    record ListImages() implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.listImages(this);
        }

        @Override
        public String describe() {
            return "list images";
        }
    }

    record RemoveImage(String id) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.removeImage(this);
        }

        @Override
        public String describe() {
            return "remove image " + id;
        }
    }

    /** One method for each kind: whoever forgets one does not compile. */
    interface Visitor<R> {
        R pull(Pull action);

        R createVolume(CreateVolume action);

        R createNetworkHolder(CreateNetworkHolder action);

        R create(Create action);

        R start(Start action);

        R check(Check action);

        R runPreStop(RunPreStop action);

        R stop(Stop action);

        R remove(Remove action);

        R removeVolumes(RemoveVolumes action);

        R listImages(ListImages action);

        R removeImage(RemoveImage action);
    }
}
