package io.staithe.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.staithe.core.Sample;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Leader;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.PortMapping;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class WireTest {
    private static final int VALUES_OF_EACH = 60;

    /** All that is stored or assigned, and all that is within it. */
    static Stream<Class<? extends Record>> records() {
        Set<Class<? extends Record>> found = new LinkedHashSet<>();
        Sample.entityTypes().forEach(type -> collect(type, found));
        collect(AssignedTask.class, found);
        collect(Target.class, found);
        return found.stream();
    }

    private static void collect(Type type, Set<Class<? extends Record>> found) {
        if (type instanceof ParameterizedType many)
            for (Type argument : many.getActualTypeArguments()) collect(argument, found);
        if (!(type instanceof Class<?> plain) || !plain.isRecord() || isId(plain)) return;
        if (!found.add(plain.asSubclass(Record.class))) return;
        for (RecordComponent component : plain.getRecordComponents()) collect(component.getGenericType(), found);
    }

    private static boolean isId(Class<?> type) {
        return io.staithe.core.model.Id.class.isAssignableFrom(type);
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordComesBackAsItWas(Class<? extends Record> type) throws Exception {
        Sample sample = new Sample(type.getName().hashCode());
        for (int i = 0; i < VALUES_OF_EACH; i++) {
            Record value = sample.of(type);
            Message sent = Wire.toMessage(value);
            assertEquals(type.getSimpleName(), sent.getDescriptorForType().getName());
            Message received = sent.getParserForType().parseFrom(sent.toByteArray());
            assertEquals(value, Wire.toRecord(received, type));
        }
    }

    @Test
    void absentIsNotEmptyAndNotZero() {
        Attribute absent = new Attribute("disk", null);
        Attribute empty = new Attribute("disk", "");
        assertEquals(absent, Wire.toRecord(Wire.toMessage(absent), Attribute.class));
        assertEquals(empty, Wire.toRecord(Wire.toMessage(empty), Attribute.class));
        var message = PortMapping.newBuilder().setContainerPort(80);
        assertEquals(null, read(message.build()).hostPort());
        assertEquals(0, read(message.setHostPort(0).build()).hostPort());
    }

    @Test
    void enumerationsAreTheWordsOfTheApi() {
        Sample sample = new Sample(3);
        TaskDefinition definition = Stream.generate(() -> sample.of(TaskDefinition.class))
                .filter(d -> d.networkMode() == NetworkMode.AWSVPC)
                .findFirst()
                .orElseThrow();
        assertEquals(
                "awsvpc",
                Wire.toMessage(definition, io.staithe.proto.v1.TaskDefinition.class)
                        .getNetworkMode());
    }

    @Test
    void aRefusedValueSaysWhereItStands() {
        var definition =
                Wire.toMessage(new Sample(1).of(TaskDefinition.class), io.staithe.proto.v1.TaskDefinition.class)
                        .toBuilder();
        definition
                .getContainerDefinitionsBuilder(0)
                .clearPortMappings()
                .addPortMappings(PortMapping.newBuilder().setContainerPort(80))
                .addPortMappings(PortMapping.newBuilder().setContainerPort(70_000));
        Invalid invalid = assertThrows(Invalid.class, () -> Wire.toRecord(definition.build(), TaskDefinition.class));
        assertEquals("containerDefinitions[0].portMappings[1].containerPort", invalid.field());
        assertEquals("must be between 1 and 65535", invalid.rule());
    }

    @Test
    void whatIsRequiredAndAbsentIsNamed() {
        var cluster = io.staithe.proto.v1.Cluster.newBuilder().setName("c").setStatus("ACTIVE");
        assertInvalid("createdAt: is required", cluster.build(), Cluster.class);
        cluster.setCreatedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE));
        assertInvalid("createdAt: must be a time", cluster.build(), Cluster.class);
        cluster.setCreatedAt(Timestamp.newBuilder()).setStatus("GONE");
        assertInvalid("status: must be one of ACTIVE, INACTIVE", cluster.build(), Cluster.class);
        assertInvalid(
                "task: must be 32 hexadecimal digits",
                io.staithe.proto.v1.TaskReport.getDefaultInstance(),
                TaskReport.class);
    }

    @Test
    void nullWhereNothingMayBeAbsentIsRefused() {
        Leader leader = new Leader("me", null);
        assertThrows(IllegalArgumentException.class, () -> Wire.toMessage(leader));
    }

    @Test
    void anotherMessageIsRefused() {
        Message leader = Wire.toMessage(new Leader("me", Instant.EPOCH));
        assertThrows(IllegalArgumentException.class, () -> Wire.toRecord(leader, ContainerDefinition.class));
    }

    /** Of the same name as a message each, and of another shape. */
    public static final class Misfits {
        public record NoSuchMessage(String name) {}

        public record Tag(String key) {}

        public record KeyValuePair(String name, String value, String more) {}

        public record Secret(String name, int valueFrom) {}

        public record Attribute(String name, String value) {}

        public record KernelCapabilities(List<String> add, String drop) {}

        public record LoadBalancer(String name, List<io.staithe.core.model.Attribute> tags, Instant createdAt) {}

        public record Leader(String holder, io.staithe.core.model.Tag since) {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NoSuchMessage      | no message io.staithe.proto.v1.NoSuchMessage",
                "Tag                | Tag has no component for staithe.v1.Tag.value",
                "KeyValuePair       | staithe.v1.KeyValuePair has no field for KeyValuePair.more",
                "Secret             | staithe.v1.Secret.value_from is STRING, not INT",
                "Attribute          | Attribute.value and staithe.v1.Attribute.value: only one of them can be absent",
                "KernelCapabilities | KernelCapabilities.drop and staithe.v1.KernelCapabilities.drop: one value against many",
                "LoadBalancer       | staithe.v1.LoadBalancer.tags is staithe.v1.Tag, not staithe.v1.Attribute",
                "Leader             | staithe.v1.Leader.since is google.protobuf.Timestamp, not staithe.v1.Tag",
            })
    void aRecordThatDiffersFromItsMessageIsFoundAtOnce(String misfit, String why) throws Exception {
        Class<?> type = Class.forName(Misfits.class.getName() + "$" + misfit);
        String message = assertThrows(IllegalStateException.class, () -> RecordMapping.of(type))
                .getMessage();
        assertTrue(message.startsWith(why), message);
    }

    private static io.staithe.core.model.PortMapping read(PortMapping message) {
        return Wire.toRecord(message, io.staithe.core.model.PortMapping.class);
    }

    private static void assertInvalid(String message, Message value, Class<? extends Record> type) {
        assertEquals(
                message,
                assertThrows(Invalid.class, () -> Wire.toRecord(value, type)).getMessage());
    }

    @Test
    void everyKindOfRecordIsWalked() {
        assertTrue(records().count() > 60, "the walk found " + records().count() + " records");
    }
}
