package io.staithe.server.store;

import io.etcd.jetcd.ByteSequence;
import io.staithe.core.model.Key;
import java.nio.charset.StandardCharsets;

/** Where things lie in etcd: objects at {@code PREFIX/FOLDER/ID}, one marker for each lease beside them. */
final class EtcdKeys {
    private final String prefix;

    EtcdKeys(String prefix) {
        this.prefix = prefix;
    }

    /** Before every object, and before nothing else. */
    ByteSequence objects() {
        return EtcdConnection.bytes(prefix + "/");
    }

    /** The first key after all objects: '0' follows '/'. */
    ByteSequence objectsEnd() {
        return EtcdConnection.bytes(prefix + "0");
    }

    ByteSequence object(Key key) {
        return EtcdConnection.bytes(prefix + key.path());
    }

    /** @throws IllegalStateException when a newer program wrote it */
    Key parse(ByteSequence key) {
        return KeyPath.parse(key.toString(StandardCharsets.UTF_8).substring(prefix.length()));
    }

    /** Lies on the lease and ends with it: a commit compares that it is there. Outside of what views watch. */
    ByteSequence lease(long id) {
        return EtcdConnection.bytes(prefix + ".leases/" + Long.toHexString(id));
    }
}
