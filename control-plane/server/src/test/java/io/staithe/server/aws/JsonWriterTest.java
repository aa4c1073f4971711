package io.staithe.server.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

final class JsonWriterTest {
    @Test
    void timesAreEpochSecondsWithMilliseconds() {
        var service = Service.builder().createdAt(Instant.ofEpochMilli(1_700_000_000_120L));
        assertTrue(services(service).contains("\"createdAt\":1700000000.120"), services(service));
    }

    @Test
    void emptyListsAtTheTopAreWritten() {
        assertEquals("{\"clusterArns\":[]}", text(ListClustersResponse.builder().build()));
        assertEquals(
                "{\"services\":[],\"failures\":[]}",
                text(DescribeServicesResponse.builder().build()));
    }

    @Test
    void aTokenThatIsNotThereIsNotWritten() {
        assertFalse(text(ListClustersResponse.builder().build()).contains("nextToken"));
    }

    @Test
    void tagsAreWrittenWhenTheyWereAskedFor() {
        assertFalse(services(Service.builder()).contains("tags"));
        assertTrue(services(Service.builder().tags(List.of())).contains("\"tags\":[]"));
    }

    /** Shape, and the lists that scripts index without asking. */
    private static final Map<SdkPojo, List<String>> INDEXED = Map.of(
            Service.builder().build(),
            List.of("events", "deployments", "placementConstraints", "placementStrategy", "loadBalancers"),
            TaskDefinition.builder().build(),
            List.of("volumes", "placementConstraints", "containerDefinitions"),
            ContainerDefinition.builder().build(),
            List.of("portMappings", "environment", "mountPoints", "volumesFrom"));

    @TestFactory
    Stream<DynamicTest> emptyListsBelowAreWrittenWhereEcsDoes() {
        return INDEXED.entrySet().stream().flatMap(row -> row.getValue().stream()
                .map(name -> DynamicTest.dynamicTest(
                        row.getKey().getClass().getSimpleName() + "." + name,
                        () -> assertTrue(nested(row.getKey()).contains("\"" + name + "\":[]")))));
    }

    @Test
    void otherEmptyListsAreLeftOut() {
        String json = nested(ContainerDefinition.builder().build());
        for (String name : List.of("dependsOn", "secrets", "links", "dnsServers", "ulimits"))
            assertFalse(json.contains(name), json);
    }

    /** A name in the table that the SDK does not have would be a list that is never written. */
    @TestFactory
    Stream<DynamicTest> theTableNamesListsOfTheSdk() {
        Map<String, SdkPojo> shapes = Stream.of(
                        Cluster.builder().build(),
                        Container.builder().build(),
                        ContainerDefinition.builder().build(),
                        ContainerInstance.builder().build(),
                        Deployment.builder().build(),
                        Service.builder().build(),
                        Task.builder().build(),
                        TaskDefinition.builder().build(),
                        TaskOverride.builder().build())
                .collect(Collectors.toMap(p -> p.getClass().getSimpleName(), p -> p));
        return EmptyLists.WRITTEN.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    SdkPojo shape = Objects.requireNonNull(shapes.get(name.substring(0, name.indexOf('.'))));
                    var field = Objects.requireNonNull(
                            shape.sdkFieldNameToField().get(name.substring(name.indexOf('.') + 1)));
                    assertEquals("LIST", field.marshallingType().getKnownType().name());
                }));
    }

    private static String nested(SdkPojo shape) {
        if (shape instanceof Service service) return services(service.toBuilder());
        TaskDefinition definition = shape instanceof ContainerDefinition container
                ? TaskDefinition.builder().containerDefinitions(container).build()
                : (TaskDefinition) shape;
        String described = text(DescribeTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .build());
        String registered = text(RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .build());
        assertEquals(described, registered);
        return described;
    }

    private static String services(Service.Builder service) {
        return text(DescribeServicesResponse.builder().services(service.build()).build());
    }

    private static String text(SdkPojo response) {
        return new String(JsonWriter.write(response), StandardCharsets.UTF_8);
    }
}
