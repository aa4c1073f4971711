package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.Sample;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.Tag;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.Volume;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Ulimit;
import software.amazon.awssdk.utils.builder.SdkBuilder;

final class ShapesTest {

    static Stream<Arguments> sharedShapes() {
        return Stream.of(
                Arguments.of(
                        ContainerDefinition.class,
                        shape(() -> software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder())),
                Arguments.of(Volume.class, shape(() -> software.amazon.awssdk.services.ecs.model.Volume.builder())),
                Arguments.of(Tag.class, shape(() -> software.amazon.awssdk.services.ecs.model.Tag.builder())),
                Arguments.of(
                        HealthCheck.class,
                        shape(() -> software.amazon.awssdk.services.ecs.model.HealthCheck.builder())),
                Arguments.of(
                        LogConfiguration.class,
                        shape(() -> software.amazon.awssdk.services.ecs.model.LogConfiguration.builder())),
                Arguments.of(
                        PlacementConstraint.class,
                        shape(() -> software.amazon.awssdk.services.ecs.model.PlacementConstraint.builder())),
                Arguments.of(
                        CapacityProviderStrategyItem.class,
                        shape(() -> software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem.builder())));
    }

    private static Supplier<SdkPojo> shape(Supplier<SdkPojo> builder) {
        return builder;
    }

    @ParameterizedTest
    @MethodSource("sharedShapes")
    void aRecordSurvivesTheWayThroughTheApi(Class<? extends Record> type, Supplier<SdkPojo> builder) {
        for (int seed = 0; seed < 200; seed++) {
            Record drawn = asAwsKnowsIt(new Sample(seed).of(type));
            SdkPojo shape = Shapes.write(drawn, builder.get());
            SdkPojo built = (SdkPojo) ((SdkBuilder<?, ?>) shape).build();
            assertEquals(drawn, Shapes.read(built, type), "seed " + seed);
        }
    }

    /** Without what Staithe has beside AWS's fields. */
    private static Record asAwsKnowsIt(Record drawn) {
        return drawn instanceof ContainerDefinition container
                ? container.but().readinessCheck(null).preStop(null).build()
                : drawn;
    }

    @Test
    void namesThePathOfWhatIsWrongDeepInside() {
        RegisterTaskDefinitionRequest request = RegisterTaskDefinitionRequest.builder()
                .family("web")
                .containerDefinitions(software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder()
                        .name("app")
                        .image("web:1")
                        .portMappings(
                                PortMapping.builder().containerPort(80).build(),
                                PortMapping.builder().containerPort(70_000).build())
                        .build())
                .build();
        Invalid invalid = assertThrows(
                Invalid.class,
                () -> Shapes.reading(request).partly().with("revision", 1).as(TaskDefinition.class));
        assertEquals("containerDefinitions[0].portMappings[1].containerPort", invalid.field());
        assertEquals("must be between 1 and 65535", invalid.rule());
    }

    @Test
    void refusesAFieldThatTheModelLacks() {
        var shape = software.amazon.awssdk.services.ecs.model.Volume.builder()
                .name("data")
                .efsVolumeConfiguration(efs -> efs.fileSystemId("fs-1"))
                .build();
        Invalid invalid = assertThrows(Invalid.class, () -> Shapes.read(shape, Volume.class));
        assertEquals("efsVolumeConfiguration: is not supported", invalid.getMessage());
        assertEquals(
                new Volume("data", null, null),
                Shapes.reading(shape).ignoring("efsVolumeConfiguration").as(Volume.class));
    }

    @Test
    void anEmptyListOfAFieldThatTheModelLacksAsksForNothing() {
        var shape = software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder()
                .name("app")
                .image("web:1")
                .credentialSpecs(List.of())
                .build();
        assertEquals(ContainerDefinition.of("app", "web:1"), Shapes.read(shape, ContainerDefinition.class));
    }

    @Test
    void aMissingNumberIsRequiredByName() {
        var shape = Ulimit.builder().name("nofile").softLimit(1).build();
        Invalid invalid = assertThrows(Invalid.class, () -> Shapes.read(shape, io.staithe.core.model.Ulimit.class));
        assertEquals("hardLimit: is required", invalid.getMessage());
    }

    @Test
    void anUnknownConstantNamesTheKnownOnes() {
        var request = EcsFixture.definition("web").networkMode("overlay").build();
        Invalid invalid = assertThrows(
                Invalid.class,
                () -> Shapes.reading(request).partly().with("revision", 1).as(TaskDefinition.class));
        assertEquals("networkMode: must be one of bridge, host, awsvpc, none", invalid.getMessage());
    }

    @Test
    void aListThatIsLeftOutStaysAndAnEmptyOneClears() {
        var current = new LogConfiguration("syslog", java.util.Map.of("tag", "x"), List.of());
        var absent = software.amazon.awssdk.services.ecs.model.LogConfiguration.builder()
                .build();
        var empty = absent.toBuilder().options(java.util.Map.of()).build();
        assertEquals(current, Shapes.reading(absent).over(current).as(LogConfiguration.class));
        assertEquals(
                new LogConfiguration("syslog", java.util.Map.of(), List.of()),
                Shapes.reading(empty).over(current).as(LogConfiguration.class));
    }

    @Test
    void aNullAmongListItemsIsRefusedByItsPlace() {
        var shape = software.amazon.awssdk.services.ecs.model.HealthCheck.builder()
                .command("CMD", null)
                .build();
        Invalid invalid = assertThrows(Invalid.class, () -> Shapes.read(shape, HealthCheck.class));
        assertEquals("command[1]: must not be null", invalid.getMessage());
    }

    @Test
    void writesConstantsAsTheApiSpellsThem() {
        TaskDefinition definition = TaskDefinitionReading.read(
                ClusterState.EMPTY,
                EcsFixture.definition("web")
                        .networkMode("awsvpc")
                        .cpu(".25 vCPU")
                        .build(),
                3,
                null,
                EcsFixture.NOW);
        assertEquals(NetworkMode.AWSVPC, definition.networkMode());
        var view = Shapes.write(definition, software.amazon.awssdk.services.ecs.model.TaskDefinition.builder())
                .build();
        assertEquals("awsvpc", view.networkModeAsString());
        assertEquals("256", view.cpu());
        assertEquals(3, view.revision());
        assertNull(view.taskRoleArn());
    }

    @ParameterizedTest
    @CsvSource({
        "256,256",
        "'.25 vCPU',256",
        "'0.25 vcpu',256",
        "'1 vCPU',1024",
        "1vCPU,1024",
        "' 512 ',512",
        "'4 vCPU',4096"
    })
    void readsCpu(String text, int units) {
        assertEquals(units, Quantities.cpu(text));
    }

    @ParameterizedTest
    @CsvSource({"512,512", "'0.5 GB',512", "'1 GB',1024", "1GB,1024", "'30 gb',30720"})
    void readsMemory(String text, int mib) {
        assertEquals(mib, Quantities.memory(text));
    }

    @ParameterizedTest
    @CsvSource({"'1 core'", "-1", "''", "'.0001 vCPU'", "1e3", "'1 GB'", "99999999999"})
    void refusesOtherCpu(String text) {
        assertEquals(
                "cpu", assertThrows(Invalid.class, () -> Quantities.cpu(text)).field());
    }
}
