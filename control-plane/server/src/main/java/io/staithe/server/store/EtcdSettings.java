package io.staithe.server.store;

import io.staithe.core.model.Check;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which etcd, and how patient.
 *
 * @param endpoints such as {@code http://10.0.0.1:2379}; all https or all http
 * @param prefix before every key, such as {@code /staithe}: two installations can share an etcd
 * @param user absent: etcd's authentication is off
 * @param passwordFile holds the user's password and nothing else; a line break at its end does not count
 * @param caFile PEM certificates to trust; absent: the machine's own
 * @param certificateFile PEM client certificate; absent: none is shown
 * @param keyFile PEM private key of the client certificate
 * @param answerWithin deadline of every call
 * @param silence how long a view may hear nothing new although it asks, until it counts as lost
 */
public record EtcdSettings(
        List<URI> endpoints,
        String prefix,
        @Nullable String user,
        @Nullable Path passwordFile,
        @Nullable Path caFile,
        @Nullable Path certificateFile,
        @Nullable Path keyFile,
        Duration answerWithin,
        Duration silence) {
    public static final String DEFAULT_PREFIX = "/staithe";
    public static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(5);
    public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(20);

    public EtcdSettings {
        endpoints = List.copyOf(endpoints);
        Check.that(!endpoints.isEmpty(), "endpoints", "is required");
        for (URI endpoint : endpoints) {
            Check.oneOf(String.valueOf(endpoint.getScheme()), List.of("http", "https"), "endpoints");
            Check.that(
                    endpoint.getHost() != null && endpoint.getPort() > 0, "endpoints", "must be http(s)://HOST:PORT");
            Check.that(
                    endpoint.getScheme().equals(endpoints.get(0).getScheme()),
                    "endpoints",
                    "must be all http or all https");
        }
        Check.that(prefix.matches("(/[a-zA-Z0-9_.-]+)+"), "prefix", "must be /NAME or /NAME/NAME");
        Check.that((user == null) == (passwordFile == null), "user", "needs a password file, and the other way round");
        Check.that(
                (certificateFile == null) == (keyFile == null),
                "certificateFile",
                "needs a key, and the other way round");
        Check.that(!answerWithin.isNegative() && !answerWithin.isZero(), "answerWithin", "must be positive");
        Check.that(silence.compareTo(answerWithin) >= 0, "silence", "must be at least answerWithin");
    }

    /** Without authentication and with every default. */
    public static EtcdSettings of(URI... endpoints) {
        return new EtcdSettings(
                List.of(endpoints),
                DEFAULT_PREFIX,
                null,
                null,
                null,
                null,
                null,
                DEFAULT_ANSWER_WITHIN,
                DEFAULT_SILENCE);
    }

    boolean isTls() {
        return endpoints.get(0).getScheme().equals("https");
    }
}
