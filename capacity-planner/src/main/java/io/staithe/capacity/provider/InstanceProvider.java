package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import java.util.List;

/**
 * Starts and ends hosts somewhere. Its own memory is the truth about what exists: it survives us. Calls may be made from several
 * threads, are bounded in time by the adapter, and each of them may be repeated when its answer was lost.
 */
public interface InstanceProvider {
    /** As host groups name it, such as {@code local}. */
    String name();

    /**
     * Starts a host on which an agent will join as this container instance. The id is the client token: while the provider
     * knows a host of this id, one that has ended included, nothing is started.
     *
     * @throws ProviderException when it is not started, or when that is not known
     */
    void start(HostRequest request);

    /**
     * Every host that this provider has of ours, those that have ended as long as it remembers them.
     *
     * @throws ProviderException when it cannot say: what is not listed then may be there all the same
     */
    List<ListedHost> list();

    /**
     * Ends a host with all that runs on it. One that has ended, or was never there, is no error.
     *
     * @throws ProviderException when it is not being ended, or when that is not known
     */
    void terminate(InstanceId host);
}
