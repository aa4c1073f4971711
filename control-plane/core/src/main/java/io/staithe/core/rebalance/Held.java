package io.staithe.core.rebalance;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Key;
import io.staithe.core.model.RebalancingStatus.HeldBack;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Something that could be better and stays as it is.
 *
 * @param service in whose events it is told; absent: in none
 * @param could what could be better: a clause with its subject
 */
record Held(Key about, String name, @Nullable ServiceId service, String could, Hindrance why) implements Finding {
    static Held of(Service service, String could, Hindrance why) {
        return new Held(service.key(), name(service), service.id(), "(service " + service.name() + ") " + could, why);
    }

    static Held of(ContainerInstance host, String could, Hindrance why) {
        return new Held(host.key(), "host " + host.hostName(), null, "host " + host.hostName() + " " + could, why);
    }

    static String name(Service service) {
        return "service " + service.name();
    }

    HeldBack told() {
        return new HeldBack(name, why.code().name(), why.message());
    }

    Reason reason() {
        String message = could + ", and stays as it is: " + why.message() + ".";
        return new Reason(about, service, null, "SERVICE_REBALANCING_BLOCKED", message);
    }
}
