package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Resources;
import io.staithe.core.model.UnitPrices;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderResponse;

final class CapacityProvidersTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web");

    @BeforeEach
    void aHostGroup() {
        ecs.put(group("pool"), group("other"));
    }

    @Test
    void isMadeShownChangedAndDeleted() {
        CreateCapacityProviderResponse made = ecs.call(creation("pool").build());
        String arn = made.capacityProvider().autoScalingGroupProvider().autoScalingGroupArn();
        assertTrue(arn.startsWith("arn:aws:autoscaling:") && arn.endsWith(":autoScalingGroupName/pool"), arn);
        assertEquals("ACTIVE", made.capacityProvider().statusAsString());
        assertEquals(List.of("FARGATE", "FARGATE_SPOT", "pool"), names());
        UpdateCapacityProviderResponse updated = ecs.call(UpdateCapacityProviderRequest.builder()
                .name("pool")
                .autoScalingGroupProvider(group -> group.managedScaling(
                        scaling -> scaling.status("ENABLED").targetCapacity(70)))
                .build());
        var scaling = updated.capacityProvider().autoScalingGroupProvider().managedScaling();
        assertEquals(List.of("ENABLED", "70"), List.of(scaling.statusAsString(), "" + scaling.targetCapacity()));
        DeleteCapacityProviderResponse deleted = ecs.call(
                DeleteCapacityProviderRequest.builder().capacityProvider("pool").build());
        assertEquals("INACTIVE", deleted.capacityProvider().statusAsString());
        assertEquals(List.of("FARGATE", "FARGATE_SPOT"), names());
    }

    @Test
    void tasksAndServicesGoByTheDefaultStrategyOfTheirCluster() {
        ecs.call(creation("pool").build());
        PutClusterCapacityProvidersResponse put = ecs.call(association("pool").build());
        assertEquals(List.of("pool"), put.cluster().capacityProviders());
        CreateServiceResponse service = ecs.call(EcsFixture.service("web").build());
        assertEquals("pool", service.service().capacityProviderStrategy().get(0).capacityProvider());
        RunTaskResponse run =
                ecs.call(RunTaskRequest.builder().taskDefinition("web").build());
        assertEquals("pool", run.tasks().get(0).capacityProviderName(), "it waits for a host of it");
        assertEquals(
                "The specified capacity provider is in use and cannot be removed.",
                ecs.refused(association().build()).message());
        assertEquals(
                "ResourceInUseException",
                ecs.refused(DeleteCapacityProviderRequest.builder()
                                .capacityProvider("pool")
                                .build())
                        .code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pool:1:0 FARGATE:1:0      | cannot contain a mix of capacity providers
            FARGATE:1:1 FARGATE_SPOT:1:1 | Only one capacity provider
            FARGATE:0:0               | a weight value greater than zero
            other:1:0                 | that is not associated with the cluster
            FARGATE:1:0 FARGATE:1:0   | duplicate capacity providers
            """)
    void aStrategyKeepsEcssRules(String strategy, String expected) {
        ecs.call(creation("pool").build());
        ecs.call(association("pool", "FARGATE", "FARGATE_SPOT").build());
        List<CapacityProviderStrategyItem> items = Stream.of(strategy.split(" "))
                .map(item -> item.split(":"))
                .map(item -> item(item[0], Integer.valueOf(item[1]), Integer.valueOf(item[2])))
                .toList();
        for (String message : List.of(
                ecs.refused(EcsFixture.service("web")
                                .capacityProviderStrategy(items)
                                .build())
                        .message(),
                ecs.refused(RunTaskRequest.builder()
                                .taskDefinition("web")
                                .capacityProviderStrategy(items)
                                .build())
                        .message())) assertTrue(message.contains(expected), message);
    }

    @Test
    void aStrategyHasAtMostTwentyItems() {
        String message = ecs.refused(EcsFixture.service("web")
                        .capacityProviderStrategy(IntStream.range(0, 21)
                                .mapToObj(number -> item("p" + number, 1, 0))
                                .toList())
                        .build())
                .message();
        assertTrue(message.contains("at most 20 entries"), message);
    }

    @Test
    void badInputIsRefused() {
        ecs.call(creation("pool").build());
        assertTrue(message(creation("pool")).contains("already in use"));
        assertTrue(message(creation("second")).contains("already being used by another capacity provider"));
        assertTrue(message(creation("third").autoScalingGroupProvider(group -> group.autoScalingGroupArn("none")))
                .contains("no host group is named none"));
        assertTrue(message(creation("fargate-like")).contains("must not begin with"));
        assertTrue(ecs.refused(association("none").build()).message().contains("was not found"));
        assertTrue(ecs.refused(
                        UpdateCapacityProviderRequest.builder().name("FARGATE").build())
                .message()
                .contains("reserved"));
    }

    private String message(CreateCapacityProviderRequest.Builder request) {
        return ecs.refused(request.build()).message();
    }

    private List<String> names() {
        DescribeCapacityProvidersResponse described =
                ecs.call(DescribeCapacityProvidersRequest.builder().build());
        return described.capacityProviders().stream()
                .map(CapacityProvider::name)
                .toList();
    }

    private static CreateCapacityProviderRequest.Builder creation(String name) {
        return CreateCapacityProviderRequest.builder()
                .name(name)
                .tags(Tag.builder().key("team").value("a").build())
                .autoScalingGroupProvider(group -> group.autoScalingGroupArn(
                                "arn:aws:autoscaling:eu-west-1:000000000000:autoScalingGroup:x:autoScalingGroupName/pool")
                        .managedScaling(scaling -> scaling.status("ENABLED").targetCapacity(90)));
    }

    private static PutClusterCapacityProvidersRequest.Builder association(String... names) {
        return PutClusterCapacityProvidersRequest.builder()
                .cluster("default")
                .capacityProviders(names)
                .defaultCapacityProviderStrategy(names.length == 0 ? List.of() : List.of(item(names[0], 1, 0)));
    }

    private static CapacityProviderStrategyItem item(String provider, int weight, int base) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .weight(weight)
                .base(base)
                .build();
    }

    private static HostGroup group(String name) {
        HostType type = new HostType(
                "small", new Resources(1024, 2048, 0), Resources.NONE, "X86_64", List.of(), 40_000, null, 10, null);
        return new HostGroup(
                name,
                "local",
                null,
                null,
                false,
                List.of(type),
                UnitPrices.FARGATE,
                0,
                10,
                null,
                60,
                30,
                0,
                null,
                List.of(),
                Map.of(),
                EcsFixture.NOW);
    }
}
