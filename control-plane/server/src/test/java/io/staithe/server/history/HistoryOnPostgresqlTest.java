package io.staithe.server.history;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** On a PostgreSQL that the test starts. */
@QuarkusTest
@TestProfile(HistoryOnPostgresqlTest.Profile.class)
@Tag("real")
class HistoryOnPostgresqlTest implements HistoryContract {
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("staithe.store.type", "memory", "staithe.api.port", "0", "staithe.gateway.port", "0");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresqlServer.class));
        }
    }

    @Inject
    Rows rows;

    @Inject
    UsageRows usage;

    @BeforeEach
    void migrate() {
        rows.migrate();
    }

    @Override
    public Rows rows() {
        return rows;
    }

    @Override
    public UsageRows usage() {
        return usage;
    }
}
