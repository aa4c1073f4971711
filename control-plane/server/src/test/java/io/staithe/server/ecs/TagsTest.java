package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;

final class TagsTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private String task = "";

    @BeforeEach
    void aServiceAndATask() {
        ecs.call(EcsFixture.service("shop").build());
        RunTaskResponse answer = ecs.call(
                RunTaskRequest.builder().taskDefinition("web").clientToken("t").build());
        task = answer.tasks().get(0).taskArn();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private List<Tag> tags(String arn) {
        ListTagsForResourceResponse answer =
                ecs.call(ListTagsForResourceRequest.builder().resourceArn(arn).build());
        return answer.tags();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster/default",
                "service/default/shop",
                "task-definition/web:1",
                "container-instance/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "TASK"
            })
    void tagsWhatHasAnArn(String resource) {
        String arn = resource.equals("TASK") ? task : EcsFixture.ARN + resource;
        ecs.call(TagResourceRequest.builder()
                .resourceArn(arn)
                .tags(tag("b", "1"), tag("a", "1"))
                .build());
        ecs.call(TagResourceRequest.builder()
                .resourceArn(arn)
                .tags(tag("a", "2"))
                .build());
        assertEquals(List.of(tag("a", "2"), tag("b", "1")), tags(arn));
        ecs.call(UntagResourceRequest.builder()
                .resourceArn(arn)
                .tagKeys("a", "none")
                .build());
        assertEquals(List.of(tag("b", "1")), tags(arn));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster/none,ClusterNotFoundException",
        "service/default/none,ServiceNotFoundException",
        "task-definition/web:9,ResourceNotFoundException",
        "task/default/ffffffffffffffffffffffffffffffff,ResourceNotFoundException",
        "capacity-provider/x,InvalidParameterException"
    })
    void whatIsNotThereHasNoTags(String resource, String code) {
        assertEquals(
                code,
                ecs.refused(ListTagsForResourceRequest.builder()
                                .resourceArn(EcsFixture.ARN + resource)
                                .build())
                        .code());
    }

    @Test
    void refusesReservedKeysAndTooMany() {
        String arn = EcsFixture.ARN + "cluster/default";
        assertEquals(
                "Tag keys that start with aws: are reserved.",
                ecs.refused(TagResourceRequest.builder()
                                .resourceArn(arn)
                                .tags(tag("AWS:x", ""))
                                .build())
                        .message());
        List<Tag> many = new ArrayList<>();
        for (int i = 0; i < 51; i++) many.add(tag("k" + i, ""));
        assertEquals(
                "tags: must have at most 50 entries",
                ecs.refused(TagResourceRequest.builder()
                                .resourceArn(arn)
                                .tags(many)
                                .build())
                        .message());
    }
}
