package io.staithe.server.history;

import static io.staithe.server.state.Until.until;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.staithe.server.ControlPlane;
import io.staithe.server.OneServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@QuarkusTest
@TestProfile(OneServer.class)
@Tag("quarkus")
class HistoryOnH2Test implements HistoryContract {
    @Inject
    Rows rows;

    @Inject
    UsageRows usage;

    @Inject
    ControlPlane controlPlane;

    @BeforeEach
    void ready() {
        until("the server is ready", controlPlane::isReady);
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
