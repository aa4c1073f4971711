package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host that a provider is asked for, and what has become of it. Its agent registers it as the container instance of the same
 * id; the id is the provider's client token too, so that nothing is bought twice.
 *
 * @param provider of the group: whose it stays when the group is changed
 * @param capacityProvider whose tasks it runs; absent: those that name none
 * @param type the host type's name; of one made to measure, {@link #MADE_TO_MEASURE}
 * @param offered what tasks get of it
 * @param spot whether the provider may take it back
 * @param dedicated for one task alone, and gone with it
 * @param zone absent: the provider chooses
 * @param microsPerHour its price in millionths of a dollar
 * @param why for which tasks it was bought
 * @param whyType why it is of this type, for people; absent of those that were bought before this was kept
 * @param startedAt since when the provider has it, and is to be paid for it; absent: it never did, as far as is known
 * @param joinedAt when its agent registered first
 * @param emptySince since when no task has been on it; absent: there is one, or it has not joined
 * @param endingAt when it was decided to give it back
 * @param endedAt when the provider has said that it is gone
 * @param endReason why it goes, or what failed
 */
public record ProvisionedHost(
        InstanceId id,
        String group,
        String provider,
        @Nullable String capacityProvider,
        String cluster,
        String type,
        Resources offered,
        String architecture,
        boolean spot,
        boolean dedicated,
        @Nullable String zone,
        long microsPerHour,
        Status status,
        String why,
        @Nullable String whyType,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant joinedAt,
        @Nullable Instant emptySince,
        @Nullable Instant endingAt,
        @Nullable Instant endedAt,
        @Nullable String endReason)
        implements Entity {
    public static final String MADE_TO_MEASURE = "made-to-measure";

    /** A host's life, forward only. */
    public enum Status {
        /** To be bought; the provider has not said yes. */
        REQUESTED,
        /** The provider has it; its agent has not registered. */
        STARTING,
        /** Registered; it does not take tasks yet. */
        JOINED,
        /** Takes tasks. */
        READY,
        /** Takes no task; those on it move or end, then it goes. */
        DRAINING,
        /** The provider is asked to end it. */
        STOPPING,
        /** Gone as it should be. */
        STOPPED,
        /** Its provider has it no longer, or it is out of reach for too long; what is left of it is ended. */
        LOST,
        /** It never joined, or the provider refused it for good; what is left of it is ended. */
        FAILED;

        /** Whether the provider is to have it. */
        public boolean isWanted() {
            return compareTo(STOPPING) < 0;
        }

        /** Whether tasks may be planned on it: it takes them, or will. */
        public boolean isCapacity() {
            return compareTo(DRAINING) < 0;
        }
    }

    @Override
    public Key key() {
        return Key.provisionedHost(id);
    }

    /** Whether nothing is left of it. */
    public boolean isOver() {
        return endedAt != null;
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a host, field by field. */
    public static final class Builder {
        private final ProvisionedHost from;
        private Status status;
        private @Nullable Instant startedAt;
        private @Nullable Instant joinedAt;
        private @Nullable Instant emptySince;
        private @Nullable Instant endingAt;
        private @Nullable Instant endedAt;
        private @Nullable String endReason;

        private Builder(ProvisionedHost from) {
            this.from = from;
            status = from.status;
            startedAt = from.startedAt;
            joinedAt = from.joinedAt;
            emptySince = from.emptySince;
            endingAt = from.endingAt;
            endedAt = from.endedAt;
            endReason = from.endReason;
        }

        public Builder status(Status to) {
            status = to;
            return this;
        }

        /** The first time stays. */
        public Builder startedAt(Instant at) {
            if (startedAt == null) startedAt = at;
            return this;
        }

        public Builder joinedAt(Instant at) {
            joinedAt = at;
            return this;
        }

        public Builder emptySince(@Nullable Instant at) {
            emptySince = at;
            return this;
        }

        /** To go. The first reason stays: a later one would hide why it really goes. */
        public Builder ending(Status to, String reason, Instant at) {
            status = to;
            if (endReason == null) endReason = reason;
            if (endingAt == null) endingAt = at;
            return this;
        }

        public Builder endedAt(Instant at) {
            endedAt = at;
            return this;
        }

        public ProvisionedHost build() {
            return new ProvisionedHost(
                    from.id,
                    from.group,
                    from.provider,
                    from.capacityProvider,
                    from.cluster,
                    from.type,
                    from.offered,
                    from.architecture,
                    from.spot,
                    from.dedicated,
                    from.zone,
                    from.microsPerHour,
                    status,
                    from.why,
                    from.whyType,
                    from.requestedAt,
                    startedAt,
                    joinedAt,
                    emptySince,
                    endingAt,
                    endedAt,
                    endReason);
        }
    }
}
