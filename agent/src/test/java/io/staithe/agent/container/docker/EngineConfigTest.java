package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What a busy agent's speed hangs on, and docker-java's own configuration does not do. */
final class EngineConfigTest {
    private final EngineConfig config = new EngineConfig(URI.create("unix:///run/some.sock"));

    @Test
    void allClientsShareOneObjectMapper() {
        assertSame(config.getObjectMapper(), config.getObjectMapper());
    }

    @Test
    void namesTheEngineThatWasAskedFor() {
        assertEquals(URI.create("unix:///run/some.sock"), config.getDockerHost());
    }
}
