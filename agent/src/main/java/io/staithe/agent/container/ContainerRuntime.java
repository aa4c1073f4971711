package io.staithe.agent.container;

import io.staithe.core.model.HealthCheck;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container engine, as one agent sees it: its own containers, by label, and nobody else's.
 *
 * <p>Calls block, each with a deadline of its own, and may be made from several threads. Each is idempotent: what is
 * already so is success, so a call whose outcome is unknown ({@link ContainerException#isTransient()}) is simply made
 * again. Creating a container that is there returns it; starting a running one, stopping or removing one that is gone
 * changes nothing.
 */
public interface ContainerRuntime extends AutoCloseable {
    /** What the engine says about its host. */
    RuntimeInfo info() throws ContainerException;

    /** Returns within a few seconds if the engine answers, or throws. */
    void ping() throws ContainerException;

    /** Where containers with a network of their own reach this host; empty: nowhere. */
    Optional<String> hostAddress() throws ContainerException;

    /**
     * What running containers use, as the engine writes it: one JSON object each, with a sample and the one before. Those
     * that do not run, and those that give no answer within a few seconds, are left out.
     */
    Map<String, String> stats(Collection<String> ids) throws ContainerException;

    /** Every container that bears this agent's label, running or not, network holders included; ordered by creation. */
    List<Container> list() throws ContainerException;

    /** One of this agent's containers; empty when there is none with that id. */
    Optional<Container> inspect(String id) throws ContainerException;

    /**
     * Makes the image available as {@link PullBehavior} says.
     *
     * @return what is now available under that reference
     * @throws ContainerException CannotPullContainerError, CannotPullContainerAuthError or CannotPullImageManifestError
     */
    Image pull(PullRequest request, PullProgress progress) throws ContainerException;

    /** The image that is here under this reference (name, name:tag or name@digest). */
    Optional<Image> image(String reference) throws ContainerException;

    List<Image> listImages() throws ContainerException;

    /**
     * Removes an image that no container uses.
     *
     * @return false when a container, running or not, still uses it; true when it is gone
     */
    boolean removeImage(String idOrReference) throws ContainerException;

    /**
     * The owner of the network namespace of a task in network mode awsvpc: created <em>and started</em>, with the ports of
     * all the task's containers published. The task's containers join it; {@link #kill} and {@link #remove} end it, after
     * them. {@link #list()} shows it under {@link Container#NETWORK_HOLDER}.
     *
     * @return its id
     */
    String createNetworkHolder(TaskSpec task) throws ContainerException;

    /**
     * Creates what is specified, under a name that follows from it, without starting it.
     *
     * @return its id; that of the existing container where there is one already
     * @throws ContainerException CannotCreateContainerError; {@link ContainerException#notFound()} when the image is gone
     */
    String create(ContainerSpec spec) throws ContainerException;

    /**
     * Starts a created container, or an exited one again.
     *
     * @throws ContainerException CannotStartContainerError
     */
    void start(String id) throws ContainerException;

    /**
     * SIGTERM (or the image's stop signal), then SIGKILL after {@code timeout}; returns when it has ended.
     *
     * @throws ContainerException CannotStopContainerError
     */
    void stop(String id, Duration timeout) throws ContainerException;

    /**
     * SIGKILL at once.
     *
     * @throws ContainerException CannotStopContainerError
     */
    void kill(String id) throws ContainerException;

    /** Removes it, killing it if it runs, together with the anonymous volumes that only it had. */
    void remove(String id) throws ContainerException;

    /**
     * Makes a health check once, within its timeout: runs its command inside the running container, or asks it from outside.
     *
     * @param address where it is reached from this host: {@link Container#address} of its own, or of its network's holder
     * @return what was found; a check that gets no answer in time has failed
     * @throws ContainerException only when nothing can be said of the container: there is none, or the engine is away
     */
    Finding check(String id, @Nullable String address, HealthCheck check) throws ContainerException;

    /**
     * Runs a program inside a running container and waits for its end.
     *
     * @param timeout after which it is left to itself
     * @return whether it exited with 0 in time, and otherwise what it wrote last
     * @throws ContainerException when it could not be begun
     */
    Finding exec(String id, List<String> command, Duration timeout) throws ContainerException;

    /**
     * Creates a volume of a task, or a shared one; there is nothing to do for a folder of the host. See {@link Names}.
     *
     * @throws ContainerException CannotCreateVolumeError
     */
    void createVolume(TaskSpec task, String volume) throws ContainerException;

    /** Removes those volumes that end with the task; its containers must be gone. Shared ones and host folders stay. */
    void removeVolumes(TaskSpec task) throws ContainerException;

    /**
     * Passes a container's output on, line by line, until its end or until the subscription is closed. That there is no
     * such container is told to the sink.
     *
     * @return closes the stream; closing twice does nothing
     */
    Subscription logs(String id, LogQuery query, LogSink sink) throws ContainerException;

    /**
     * Calls {@code dirty} from a thread of the runtime's whenever something may have happened to this agent's
     * containers, and after each lost connection to the engine. It only marks: what happened is found by {@link #list()}.
     */
    Subscription events(Runnable dirty);

    /** Ends subscriptions and connections. Containers go on. */
    @Override
    void close();

    /** Something that goes on in the background until closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Told how a pull goes on; from any thread, at most about once a second. */
    interface PullProgress {
        PullProgress IGNORED = (bytesDone, bytesTotal) -> {};

        /** Bytes downloaded of those known so far; the total grows as layers become known. */
        void at(long bytesDone, long bytesTotal);
    }

    /** Receives a container's output; from one thread at a time. */
    interface LogSink {
        void line(LogLine line);

        /**
         * No more lines.
         *
         * @param failure absent: the container's output ended or the subscription was closed
         */
        void ended(@Nullable ContainerException failure);
    }
}
