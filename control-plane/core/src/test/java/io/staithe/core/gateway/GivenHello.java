package io.staithe.core.gateway;

import io.staithe.core.World;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import java.util.List;
import java.util.Set;

/** How an agent introduces itself in tests: right, unless a test makes it wrong. */
final class GivenHello {
    static final String TOKEN = "hash-of-the-token";

    private final int number;
    private int version = Hello.PROTOCOL_VERSION;
    private String token = TOKEN;
    private String secret;
    private String cluster = World.CLUSTER;
    private String address = "10.0.0.1";
    private boolean edge;
    private long incarnation = 1;

    private GivenHello(int number) {
        this.number = number;
        this.secret = "hash-of-secret-" + number;
    }

    static GivenHello host(int number) {
        return new GivenHello(number);
    }

    InstanceId id() {
        return new InstanceId(String.format("%032x", 1000 + number));
    }

    GivenHello version(int to) {
        version = to;
        return this;
    }

    GivenHello token(String hash) {
        token = hash;
        return this;
    }

    GivenHello secret(String hash) {
        secret = hash;
        return this;
    }

    GivenHello cluster(String to) {
        cluster = to;
        return this;
    }

    GivenHello address(String to) {
        address = to;
        return this;
    }

    GivenHello edge() {
        edge = true;
        return this;
    }

    GivenHello incarnation(long to) {
        incarnation = to;
        return this;
    }

    Hello build() {
        return new Hello(
                version,
                "0.1",
                id(),
                token,
                secret,
                cluster,
                "host-" + number,
                address,
                new Resources(4096, 4096, 0),
                Set.of(),
                List.of(),
                edge,
                null,
                incarnation);
    }
}
