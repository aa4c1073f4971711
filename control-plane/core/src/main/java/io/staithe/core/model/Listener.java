package io.staithe.core.model;

import java.util.List;

/**
 * A port on which a load balancer answers.
 *
 * @param protocol {@code HTTP}
 * @param defaultAction what happens to requests that no rule matches
 */
public record Listener(String loadBalancer, int port, String protocol, Action defaultAction, List<Tag> tags)
        implements Entity {
    public Listener {
        Check.name(loadBalancer, "loadBalancerArn");
        Check.range(port, 1, 65535, "port");
        Check.text(protocol, "protocol", 8);
        Check.oneOf(protocol, List.of("HTTP"), "protocol");
        Check.that(defaultAction != null, "defaultActions", "is required");
        tags = Check.list(tags);
    }

    /** {@code LOADBALANCER:PORT}: how a rule names its listener. */
    public String id() {
        return loadBalancer + ":" + port;
    }

    @Override
    public Key key() {
        return new Key(Kind.LISTENER, id());
    }
}
