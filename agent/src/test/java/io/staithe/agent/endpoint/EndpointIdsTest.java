package io.staithe.agent.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.TaskId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointIdsTest {
    private static final TaskId A = TaskId.of("a".repeat(32));
    private static final TaskId B = TaskId.of("b".repeat(32));

    private final EndpointIds ids = new EndpointIds("secret");

    @Test
    void anIdIsOfOneContainerOnOneHost() {
        String id = ids.of(A, "app");
        assertTrue(ids.isOf(id, A, "app"));
        assertEquals(Optional.of(A), EndpointIds.claimed(id));
        assertEquals(
                4,
                Set.of(id, ids.of(A, "sidecar"), ids.of(B, "app"), new EndpointIds("other").of(A, "app"))
                        .size());
        assertFalse(ids.isOf(id, A, "sidecar"));
        assertFalse(ids.isOf(B + id.substring(32), B, "app"), "another task's id before a mark that is known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "../../etc", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-"})
    void whatIsNoIdClaimsNothing(String id) {
        assertEquals(Optional.empty(), EndpointIds.claimed(id));
    }
}
