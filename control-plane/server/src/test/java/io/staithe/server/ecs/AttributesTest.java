package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.staithe.core.model.Task;
import io.staithe.server.aws.ApiError;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesResponse;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;

final class AttributesTest {
    private static final String H1 = EcsFixture.ARN + "container-instance/default/" + "a".repeat(32);
    private static final String H2 = EcsFixture.ARN + "container-instance/default/" + "b".repeat(32);

    private final EcsFixture ecs =
            new EcsFixture().withDefinition("web").withHost("a", "h1").withHost("b", "h2");

    private static Attribute attribute(String target, String name, String value) {
        return Attribute.builder().targetId(target).name(name).value(value).build();
    }

    private static PutAttributesRequest putting(Attribute... attributes) {
        return PutAttributesRequest.builder().attributes(attributes).build();
    }

    private static DeleteAttributesRequest deleting(Attribute... attributes) {
        return DeleteAttributesRequest.builder().attributes(attributes).build();
    }

    private List<Attribute> list(String name, String value) {
        ListAttributesResponse answer = ecs.call(ListAttributesRequest.builder()
                .targetType("container-instance")
                .attributeName(name)
                .attributeValue(value)
                .build());
        return answer.attributes();
    }

    @Test
    void areWrittenOnHostsListedShownAndDeleted() {
        Attribute ssd = attribute(H1, "disk", "ssd");
        PutAttributesResponse put = ecs.call(putting(
                ssd,
                attribute("h2", "disk", "hdd").toBuilder()
                        .targetType("container-instance")
                        .build()));
        assertEquals(List.of(ssd, attribute(H2, "disk", "hdd")), put.attributes());
        assertEquals(List.of(ssd), list("disk", "ssd"));
        assertEquals(2, list("disk", null).size());
        assertEquals(
                List.of(
                        attribute(H1, "ecs.availability-zone", "zone-a"),
                        attribute(H2, "ecs.availability-zone", "zone-a")),
                list("ecs.availability-zone", "zone-a"));
        DescribeContainerInstancesResponse described = ecs.call(DescribeContainerInstancesRequest.builder()
                .containerInstances("h1")
                .build());
        assertEquals(
                List.of("disk=ssd", "ecs.availability-zone=zone-a"),
                described.containerInstances().get(0).attributes().stream()
                        .map(attribute -> attribute.name() + "=" + attribute.value())
                        .toList());

        ecs.call(putting(attribute(H1, "disk", "nvme")));
        assertEquals(List.of(), list("disk", "ssd"), "replaced");
        DeleteAttributesResponse deleted = ecs.call(deleting(attribute(H1, "disk", "whatever")));
        assertEquals(List.of(attribute(H1, "disk", null)), deleted.attributes());
        ecs.call(deleting(attribute(H1, "disk", null)));
        assertEquals(List.of(attribute(H2, "disk", "hdd")), list("disk", null));
    }

    @Test
    void aTaskThatWaitedForOneIsPlacedAtOnce() {
        ecs.call(EcsFixture.service("shop")
                .desiredCount(1)
                .placementConstraints(PlacementConstraint.builder()
                        .type("memberOf")
                        .expression("attribute:disk == ssd")
                        .build())
                .build());
        ecs.settle();
        Task waiting = ecs.state().tasksIn("default").findFirst().orElseThrow();
        assertNull(waiting.instance());
        ecs.call(putting(attribute(H2, "disk", "ssd")));
        ecs.settle();
        assertEquals(
                "b".repeat(32),
                String.valueOf(ecs.state().task(waiting.id()).orElseThrow().instance()));
    }

    @Test
    void whatAUserSaysHidesWhatTheAgentSaysUntilItIsDeleted() {
        ecs.put(EcsFixture.host("a", "h1")
                .but()
                .attributes(List.of(new io.staithe.core.model.Attribute("disk", "hdd")))
                .build());
        ecs.call(putting(attribute(H1, "disk", "ssd")));
        assertEquals(List.of(attribute(H1, "disk", "ssd")), list("disk", null));
        ecs.call(deleting(attribute(H1, "disk", null)));
        assertEquals(List.of(attribute(H1, "disk", "hdd")), list("disk", null));
        assertEquals(
                "The agent of h1 declares the attribute disk: take it from the agent's options.",
                ecs.refused(deleting(attribute(H1, "disk", null))).message());
    }

    @Test
    void aHostHasAtMostTenOfItsUsers() {
        Attribute[] ten = IntStream.range(0, 10)
                .mapToObj(i -> attribute(H1, "a" + i, "1"))
                .toArray(Attribute[]::new);
        ecs.call(putting(ten));
        ecs.call(putting(attribute(H1, "a9", "2")));
        ApiError error = ecs.refused(putting(attribute(H2, "b", "1"), attribute(H1, "b", "1")));
        assertEquals("AttributeLimitExceededException", error.code());
        assertEquals("The container instance h1 can have at most 10 custom attributes.", error.message());
        assertEquals(List.of(), list("b", null), "all or nothing");
    }

    @Test
    void areListedInPages() {
        ListAttributesRequest.Builder request =
                ListAttributesRequest.builder().targetType("container-instance").maxResults(1);
        ListAttributesResponse first = ecs.call(request.build());
        ListAttributesResponse second =
                ecs.call(request.nextToken(first.nextToken()).build());
        assertEquals(List.of(H1), targets(first));
        assertEquals(List.of(H2), targets(second));
        assertNull(second.nextToken());
    }

    private static List<String> targets(ListAttributesResponse answer) {
        return answer.attributes().stream().map(Attribute::targetId).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TargetNotFoundException | ffffffffffffffffffffffffffffffff | disk | ssd",
                "TargetNotFoundException | h9 | disk | ssd",
                "InvalidParameterException | h1 | | ssd",
                "InvalidParameterException | h1 | my disk | ssd",
                "InvalidParameterException | h1 | ecs.os-type | windows",
                "InvalidParameterException | h1 | disk | ' ssd'",
                "InvalidParameterException | h1 | disk | 'ssd '",
                "InvalidParameterException | h1 | disk | a=b",
                "InvalidParameterException | h1 | disk | ''",
                "InvalidParameterException | | disk | ssd",
            })
    void whatIsNoAttributeOfAHostIsRefused(String code, String target, String name, String value) {
        Attribute attribute = Attribute.builder()
                .targetId(target)
                .targetType("container-instance")
                .name(name)
                .value(value)
                .build();
        assertEquals(code, ecs.refused(putting(attribute)).code());
        assertEquals(List.of(), list("disk", null));
    }

    static Stream<Arguments> refusals() {
        Attribute[] eleven = IntStream.range(0, 11)
                .mapToObj(i -> attribute(H1, "a" + i, "1"))
                .toArray(Attribute[]::new);
        return Stream.of(
                Arguments.of(putting(), "Attributes cannot be empty."),
                Arguments.of(putting(eleven), "Attributes can have at most 10 entries."),
                Arguments.of(
                        putting(attribute(H1, "ok", "1"), attribute("h1", "disk", "ssd")),
                        "attributes[1].targetType: must be container-instance"),
                Arguments.of(
                        putting(attribute(H1, "ecs.zone", "a")),
                        "attributes[0].name: must not begin with ecs., which is the agents' own"),
                Arguments.of(
                        putting(attribute(H1, "disk", "x".repeat(129))),
                        "attributes[0].value: must be 1 to 128 letters, digits, spaces and - _ . @ / \\ :,"
                                + " with no space at either end"),
                Arguments.of(
                        deleting(attribute(H1, "ecs.availability-zone", null)),
                        "attributes[0].name: must not begin with ecs., which is the agents' own"),
                Arguments.of(ListAttributesRequest.builder().build(), "targetType: must be container-instance"),
                Arguments.of(
                        ListAttributesRequest.builder()
                                .targetType("container-instance")
                                .attributeValue("ssd")
                                .build(),
                        "attributeValue: needs an attributeName"),
                Arguments.of(
                        PutAttributesRequest.builder()
                                .cluster("other")
                                .attributes(attribute(H1, "disk", "ssd"))
                                .build(),
                        "Cluster not found."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefused(software.amazon.awssdk.core.SdkPojo request, String message) {
        assertEquals(message, ecs.refused(request).message());
        assertEquals(List.of(), list("disk", null));
    }
}
