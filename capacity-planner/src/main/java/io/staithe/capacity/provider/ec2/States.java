package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ListedHost.State;
import io.staithe.core.model.InstanceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Instances as hosts. */
final class States {
    private static final String ID = "[0-9a-f]{32}";

    private States() {}

    /** @param interruption what EC2 says of its being taken back; absent: it is not */
    static Optional<ListedHost> host(Instance instance, @Nullable String interruption) {
        String id = Labels.of(instance, Labels.HOST).orElse("");
        String group = Labels.of(instance, Labels.GROUP).orElse("");
        if (!id.matches(ID)) return Optional.empty();
        State state = state(instance.state().name());
        boolean marked = state == State.RUNNING && interruption != null;
        String reason = instance.stateTransitionReason();
        String message = marked ? interruption : reason == null || reason.isBlank() ? null : reason;
        return Optional.of(new ListedHost(
                InstanceId.of(id), group, marked ? State.INTERRUPTED : state, instance.instanceId(), message));
    }

    /** One that is stopped has not ended: its disks are still paid for, so it is to be given back. */
    private static State state(InstanceStateName name) {
        return switch (name) {
            case PENDING -> State.STARTING;
            case RUNNING -> State.RUNNING;
            case STOPPING, STOPPED -> State.INTERRUPTED;
            case SHUTTING_DOWN -> State.ENDING;
            case TERMINATED -> State.ENDED;
            // A state that this SDK does not know: the agent's heartbeats tell whether it lives.
            case UNKNOWN_TO_SDK_VERSION -> State.RUNNING;
        };
    }

    static boolean isTerminated(Instance instance) {
        return instance.state().name() == InstanceStateName.TERMINATED;
    }

    static boolean mayBeTakenBack(Instance instance) {
        return instance.instanceLifecycle() == InstanceLifecycleType.SPOT && !isTerminated(instance);
    }

    static ListedHost livelier(ListedHost one, ListedHost other) {
        return one.state().compareTo(other.state()) <= 0 ? one : other;
    }
}
