package io.staithe.server.store;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Settings with little patience. */
final class EtcdSettingsFor {
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    static final Duration SILENCE = Duration.ofSeconds(5);

    private EtcdSettingsFor() {}

    static EtcdSettings test(EtcdProcess etcd, String prefix) {
        return test(etcd.endpoint(), prefix);
    }

    static EtcdSettings test(URI endpoint, String prefix) {
        return new EtcdSettings(List.of(endpoint), prefix, null, null, null, null, null, ANSWER_WITHIN, SILENCE);
    }
}
