package io.staithe.agent.action;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.environment.Unresolved;
import io.staithe.agent.task.Action;
import io.staithe.agent.task.Outcome;
import io.staithe.agent.task.Outcome.Failure.Kind;
import java.time.Duration;
import java.util.Objects;

/** Carries out one action and says how it ended. May be used from several threads. */
public final class ActionRunner {
    private final ContainerRuntime runtime;
    private final HostValues hostValues;
    private final RegistryCredentialsFile credentials;
    private final PullBehavior pullBehavior;
    private final Duration pullDeadline;

    public ActionRunner(
            ContainerRuntime runtime,
            HostValues hostValues,
            RegistryCredentialsFile credentials,
            PullBehavior pullBehavior,
            Duration pullDeadline) {
        this.runtime = runtime;
        this.hostValues = hostValues;
        this.credentials = credentials;
        this.pullBehavior = pullBehavior;
        this.pullDeadline = pullDeadline;
    }

    /** Blocks until it is done or has failed; each call to the runtime has its own deadline. */
    public Outcome run(Action action) {
        try {
            return action.accept(new Call()).make();
        } catch (ContainerException failure) {
            return Outcome.failed(kind(failure), Objects.requireNonNull(failure.getMessage()));
        } catch (Unresolved missing) {
            return Outcome.failed(Kind.PERMANENT, missing.reason());
        }
    }

    private static Kind kind(ContainerException failure) {
        if (failure.notFound()) return Kind.NOT_FOUND;
        return switch (failure.code()) {
            case UNAVAILABLE -> Kind.UNAVAILABLE;
            case TIMEOUT -> Kind.TIMEOUT;
            case CANNOT_PULL, CANNOT_STOP, CANNOT_INSPECT, CANNOT_REMOVE, CANNOT_REMOVE_IMAGE, CANNOT_REMOVE_VOLUME ->
                Kind.RETRYABLE;
            case CANNOT_PULL_AUTH,
                    CANNOT_PULL_MANIFEST,
                    CANNOT_CREATE,
                    CANNOT_START,
                    CANNOT_CREATE_VOLUME,
                    OUT_OF_MEMORY -> Kind.PERMANENT;
        };
    }

    private interface Attempt {
        Outcome make() throws ContainerException, Unresolved;
    }

    private interface Step {
        void take() throws ContainerException;
    }

    /** What each kind of action is, as calls to the runtime. */
    private final class Call implements Action.Visitor<Attempt> {
        @Override
        public Attempt pull(Action.Pull action) {
            return () -> {
                PullRequest request = new PullRequest(
                        action.reference(),
                        credentials.find(action.reference(), action.credentials()),
                        pullBehavior,
                        pullDeadline);
                return Outcome.image(runtime.pull(request, ContainerRuntime.PullProgress.IGNORED));
            };
        }

        @Override
        public Attempt createVolume(Action.CreateVolume action) {
            return done(() -> runtime.createVolume(action.task(), action.volume()));
        }

        @Override
        public Attempt createNetworkHolder(Action.CreateNetworkHolder action) {
            return () -> present(runtime.createNetworkHolder(action.task()));
        }

        @Override
        public Attempt create(Action.Create action) {
            return () -> present(runtime.create(
                    new ContainerSpec(action.task(), hostValues.resolve(action.task(), action.container()))));
        }

        @Override
        public Attempt start(Action.Start action) {
            return () -> {
                runtime.start(action.id());
                return asItIs(action.id());
            };
        }

        @Override
        public Attempt check(Action.Check action) {
            return () -> Outcome.found(runtime.check(action.id(), action.address(), action.check()));
        }

        @Override
        public Attempt runPreStop(Action.RunPreStop action) {
            return () -> Outcome.found(runtime.exec(action.id(), action.command(), action.timeout()));
        }

        @Override
        public Attempt stop(Action.Stop action) {
            return () -> {
                runtime.stop(action.id(), action.timeout());
                return asItIs(action.id());
            };
        }

        @Override
        public Attempt remove(Action.Remove action) {
            return done(() -> runtime.remove(action.id()));
        }

        @Override
        public Attempt removeVolumes(Action.RemoveVolumes action) {
            return done(() -> runtime.removeVolumes(action.task()));
        }

        @Override
        public Attempt listImages(Action.ListImages action) {
            return () -> Outcome.images(runtime.listImages());
        }

        @Override
        public Attempt removeImage(Action.RemoveImage action) {
            return () -> {
                runtime.removeImage(action.id());
                return Outcome.DONE;
            };
        }

        private Attempt done(Step step) {
            return () -> {
                step.take();
                return Outcome.DONE;
            };
        }

        private Outcome present(String id) throws ContainerException {
            Outcome seen = asItIs(id);
            return seen.container() != null
                    ? seen
                    : Outcome.failed(Kind.RETRYABLE, "CannotInspectContainerError: No such container: " + id);
        }

        private Outcome asItIs(String id) throws ContainerException {
            return runtime.inspect(id).map(Outcome::container).orElse(Outcome.DONE);
        }
    }
}
