package io.staithe.server;

import io.staithe.core.store.MemoryStore;
import io.staithe.core.store.Store;
import io.staithe.server.config.DataFolder;
import io.staithe.server.config.StaitheConfig;
import io.staithe.server.store.EmbeddedStore;
import io.staithe.server.store.EtcdSettings;
import io.staithe.server.store.EtcdStore;
import io.staithe.wire.WireCodec;

/** Opens the store that the operator chose. */
final class Stores {
    private static final String EMBEDDED_FOLDER = "store";

    private Stores() {}

    static Store open(StaitheConfig.Storage config, DataFolder data) {
        return switch (config.type()) {
            case MEMORY -> new MemoryStore();
            case EMBEDDED -> EmbeddedStore.open(data.file(EMBEDDED_FOLDER), new WireCodec());
            case ETCD -> new EtcdStore(settings(config), new WireCodec());
        };
    }

    private static EtcdSettings settings(StaitheConfig.Storage config) {
        StaitheConfig.Etcd etcd = config.etcd();
        return new EtcdSettings(
                config.endpoints()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "staithe.store.endpoints: is required with staithe.store.type=etcd")),
                etcd.prefix(),
                etcd.user().orElse(null),
                etcd.passwordFile().orElse(null),
                etcd.ca().orElse(null),
                etcd.certificate().orElse(null),
                etcd.key().orElse(null),
                EtcdSettings.DEFAULT_ANSWER_WITHIN,
                EtcdSettings.DEFAULT_SILENCE);
    }
}
