package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An agent of another release, whose protocol the control plane does not speak. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class AgentVersionTest {
    private static final int REFUSED_VERSION = 3;
    private static final String WHY = "this control plane speaks agent protocol 1, the agent (version ";
    private static final String WHAT_TO_DO = "speaks 2: install the agent of the same release";

    private final RunningSystem system = RunningSystem.get();

    @Test
    void isToldWhatIsWrongAndDoesNotComeAgain(@TempDir Path folder) throws IOException {
        try (OtherProtocol between = new OtherProtocol(system.gateway())) {
            Outcome agent =
                    system.agent(between.address(), system.joinTokenFile(), folder.resolve("data"), "from-the-future");
            assertEquals(REFUSED_VERSION, agent.exitCode(), agent::toString);
            assertTrue(agent.err().contains(WHY) && agent.err().contains(WHAT_TO_DO), agent::toString);
            assertFalse(agent.err().contains("\tat "), agent::toString);
            assertEquals(1, between.connections());
        }
        String server = RunningSystem.read(system.folder.resolve("server.log"));
        assertTrue(server.contains("an agent is refused: " + WHY), "the control plane says it too");
        assertFalse(system.staithe("hosts").contains("from-the-future"));
    }
}
