package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import java.util.List;

/** What a {@link ProviderLoop} wants asked of its provider. */
public sealed interface ProviderCall {
    record Start(HostRequest request) implements ProviderCall {}

    record Terminate(InstanceId host) implements ProviderCall {}

    record ListHosts() implements ProviderCall {}

    /** How a call ended. */
    sealed interface Answer {
        /** Done as asked. */
        record Done() implements Answer {}

        record Listed(List<ListedHost> hosts) implements Answer {}

        record Failed(ProviderException.Kind kind, String message) implements Answer {}
    }

    /** Makes the call, and waits for its end. */
    default Answer on(InstanceProvider provider) {
        try {
            if (this instanceof Start start) provider.start(start.request());
            else if (this instanceof Terminate end) provider.terminate(end.host());
            else return new Answer.Listed(provider.list());
            return new Answer.Done();
        } catch (ProviderException failed) {
            return new Answer.Failed(failed.kind(), String.valueOf(failed.getMessage()));
        }
    }
}
