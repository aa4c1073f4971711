package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.wire.WireCodec;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that speaks TLS and wants a certificate of its clients. */
@Tag("real")
final class EtcdTlsTest {
    private static final String HOST = "localhost";
    private static final String CLIENT = "staithe";

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() throws Exception {
        certificates = new Certificates(Files.createDirectory(folder.resolve("certificates")));
        certificates.sign(HOST);
        certificates.sign(CLIENT);
        etcd = new EtcdProcess(folder, "one", HOST, certificates);
        etcd.start();
    }

    @AfterAll
    static void endEtcd() throws Exception {
        etcd.kill();
    }

    @Test
    void takesAClientWithACertificate() {
        try (EtcdStore store = store(etcd.endpoint(), certificates.authority(), CLIENT)) {
            Plan plan = Plan.of(Change.create(new Setting("a", "1")));
            assertInstanceOf(CommitResult.Committed.class, store.commit(plan));
            assertEquals(1, store.open(event -> {}).snapshot().size());
        }
    }

    @Test
    void refusesAClientWithoutOne() {
        try (EtcdStore store = store(etcd.endpoint(), certificates.authority(), null)) {
            assertThrows(StoreUnavailable.class, () -> store.open(event -> {}));
        }
    }

    @Test
    void isNotTrustedWithoutItsAuthority() {
        try (EtcdStore store = store(etcd.endpoint(), null, CLIENT)) {
            assertThrows(StoreUnavailable.class, () -> store.open(event -> {}));
        }
    }

    @Test
    void isNotTrustedUnderAnotherName() {
        URI other = URI.create("https://127.0.0.1:" + etcd.endpoint().getPort());
        try (EtcdStore store = store(other, certificates.authority(), CLIENT)) {
            assertThrows(StoreUnavailable.class, () -> store.open(event -> {}));
        }
    }

    private static EtcdStore store(URI endpoint, @Nullable Path authority, @Nullable String client) {
        EtcdSettings settings = new EtcdSettings(
                List.of(endpoint),
                "/tls",
                null,
                null,
                authority,
                client == null ? null : certificates.certificate(client),
                client == null ? null : certificates.key(client),
                EtcdSettingsFor.ANSWER_WITHIN,
                EtcdSettingsFor.SILENCE);
        return new EtcdStore(settings, new WireCodec());
    }
}
