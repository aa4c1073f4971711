package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.LinuxParameters.Device;
import io.staithe.core.model.LinuxParameters.KernelCapabilities;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FargateLimitsTest {
    private static final ContainerDefinition PLAIN = ContainerDefinition.of("app", "app:1");

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("privileged", PLAIN.but().privileged(true).build()),
                Arguments.of(
                        "linuxParameters.devices",
                        with(new LinuxParameters(
                                null,
                                List.of(new Device("/dev/kvm", null, List.of())),
                                null,
                                null,
                                List.of(),
                                null,
                                null))),
                Arguments.of(
                        "linuxParameters.sharedMemorySize",
                        with(new LinuxParameters(null, List.of(), null, 64, List.of(), null, null))),
                Arguments.of("linuxParameters.capabilities.add other than SYS_PTRACE", with(adding("NET_ADMIN"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatReachesTheHostIsRefusedByName(String field, ContainerDefinition container) {
        Invalid refused =
                assertThrows(Invalid.class, () -> FargateLimits.check(definition("FARGATE", container, null), false));
        assertEquals("containerDefinitions[0]." + field + ": is not supported on Fargate", refused.getMessage());
        assertDoesNotThrow(() -> FargateLimits.check(definition("EC2", container, null), false));
        assertThrows(Invalid.class, () -> FargateLimits.checkOnHost(definition("EC2", container, null)));
    }

    @Test
    void modesOfTheTaskAreRefusedTooAndTracingIsNot() {
        assertThrows(Invalid.class, () -> FargateLimits.check(definition("FARGATE", PLAIN, "host"), false));
        assertDoesNotThrow(() -> FargateLimits.check(definition("FARGATE", with(adding("SYS_PTRACE")), "task"), false));
    }

    @Test
    void aSizeThatFargateDoesNotSellIsRefusedUnlessAnyWillDo() {
        TaskDefinition odd = definition("FARGATE", PLAIN, null, 300, 5000);
        Invalid invalid = assertThrows(Invalid.class, () -> FargateLimits.check(odd, false));
        assertEquals(
                "memory: No Fargate configuration exists for given values: 300 CPU, 5000 memory", invalid.getMessage());
        assertDoesNotThrow(() -> FargateLimits.check(odd, true));
        assertDoesNotThrow(() -> FargateLimits.check(definition("EC2", PLAIN, null, 300, 5000), false));
    }

    private static LinuxParameters adding(String capability) {
        return new LinuxParameters(
                new KernelCapabilities(List.of(capability), List.of()), List.of(), null, null, List.of(), null, null);
    }

    private static ContainerDefinition with(LinuxParameters linux) {
        return PLAIN.but().linuxParameters(linux).build();
    }

    private static TaskDefinition definition(
            String compatibility, ContainerDefinition container, @Nullable String pidMode) {
        return definition(compatibility, container, pidMode, 256, 512);
    }

    private static TaskDefinition definition(
            String compatibility, ContainerDefinition container, @Nullable String pidMode, int cpu, int memory) {
        return new TaskDefinition(
                "web",
                1,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                NetworkMode.AWSVPC,
                List.of(container),
                List.of(),
                List.of(),
                List.of(compatibility),
                cpu,
                memory,
                pidMode,
                null,
                null,
                null,
                null,
                List.of(),
                Instant.EPOCH,
                null,
                null);
    }
}
