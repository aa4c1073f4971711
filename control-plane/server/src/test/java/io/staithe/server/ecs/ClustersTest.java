package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance;
import io.staithe.server.aws.ApiError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;

final class ClustersTest {
    private final EcsFixture ecs = new EcsFixture();

    private Cluster create(String name) {
        CreateClusterResponse answer = ecs.call(CreateClusterRequest.builder()
                .clusterName(name)
                .tags(Tag.builder().key("team").value("a").build())
                .build());
        return answer.cluster();
    }

    @Test
    void theDefaultClusterIsThereFromTheStart() {
        DescribeClustersResponse answer =
                ecs.call(DescribeClustersRequest.builder().build());
        assertEquals("default", answer.clusters().get(0).clusterName());
        assertEquals("ACTIVE", answer.clusters().get(0).status());
        assertEquals(
                EcsFixture.ARN + "cluster/default", answer.clusters().get(0).clusterArn());
        assertTrue(answer.hasFailures());
    }

    @Test
    void creatingTwiceIsCreatingOnce() {
        Cluster first = create("prod");
        long revision = ecs.state().revision();
        assertEquals(first, create("prod"));
        assertEquals(revision, ecs.state().revision());
    }

    @Test
    void tellsOfTagsSettingsAndStatisticsOnlyWhenAsked() {
        create("prod");
        DescribeClustersResponse plain =
                ecs.call(DescribeClustersRequest.builder().clusters("prod").build());
        assertEquals(List.of(), plain.clusters().get(0).tags());
        assertEquals(List.of(), plain.clusters().get(0).statistics());
        DescribeClustersResponse full = ecs.call(DescribeClustersRequest.builder()
                .clusters(EcsFixture.ARN + "cluster/prod")
                .include(ClusterField.TAGS, ClusterField.STATISTICS)
                .build());
        assertEquals("team", full.clusters().get(0).tags().get(0).key());
        assertEquals(8, full.clusters().get(0).statistics().size());
    }

    @Test
    void describesWhatIsThereAndWhatIsNot() {
        DescribeClustersResponse answer = ecs.call(
                DescribeClustersRequest.builder().clusters("default", "nowhere").build());
        assertEquals(1, answer.clusters().size());
        assertEquals(
                List.of(Failure.builder()
                        .arn(EcsFixture.ARN + "cluster/nowhere")
                        .reason("MISSING")
                        .build()),
                answer.failures());
    }

    @Test
    void listsInPages() {
        for (int i = 0; i < 5; i++) create("c" + i);
        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            ListClustersResponse page = ecs.call(
                    ListClustersRequest.builder().maxResults(2).nextToken(token).build());
            seen.addAll(page.clusterArns());
            token = page.nextToken();
        } while (token != null);
        assertEquals(6, seen.size());
        assertEquals(EcsFixture.ARN + "cluster/c0", seen.get(0));
    }

    @Test
    void aNameThatBreaksTheRulesIsNamedWithThem() {
        ApiError error =
                ecs.refused(CreateClusterRequest.builder().clusterName("../x").build());
        assertEquals("InvalidParameterException", error.code());
        assertEquals("clusterName: must be 1 to 255 letters, digits, hyphens and underscores", error.message());
    }

    @Test
    void updatesItsSettings() {
        UpdateClusterResponse answer = ecs.call(UpdateClusterRequest.builder()
                .cluster("default")
                .settings(ClusterSetting.builder()
                        .name("containerInsights")
                        .value("enabled")
                        .build())
                .build());
        assertEquals("enabled", answer.cluster().settings().get(0).value());
    }

    @Test
    void deletesAnEmptyClusterAndKeepsItReadable() {
        create("prod");
        DeleteClusterResponse answer =
                ecs.call(DeleteClusterRequest.builder().cluster("prod").build());
        assertEquals("INACTIVE", answer.cluster().status());
        ListClustersResponse list = ecs.call(ListClustersRequest.builder().build());
        assertEquals(List.of(EcsFixture.ARN + "cluster/default"), list.clusterArns());
        assertNull(list.nextToken());
        assertEquals(
                "ClusterNotFoundException",
                ecs.refused(DeleteClusterRequest.builder().cluster("prod").build())
                        .code());
        assertEquals("ACTIVE", create("prod").status());
    }

    @Test
    void refusesToDeleteWhatIsInUse() {
        DeleteClusterRequest delete =
                DeleteClusterRequest.builder().cluster("default").build();
        ecs.withDefinition("web").withHost("a", "h1");
        assertEquals(
                "ClusterContainsContainerInstancesException",
                ecs.refused(delete).code());
        ecs.call(RunTaskRequest.builder().taskDefinition("web").build());
        ecs.put(EcsFixture.host("a", "h1")
                .but()
                .status(ContainerInstance.Status.INACTIVE)
                .build());
        assertEquals("ClusterContainsTasksException", ecs.refused(delete).code());
        ecs.call(EcsFixture.service("shop").build());
        assertEquals("ClusterContainsServicesException", ecs.refused(delete).code());
    }

    @Test
    void aClusterIntoWhichSomethingCameAtTheLastMomentIsNotDeleted() {
        create("prod");
        ContainerInstance host =
                Shapes.copy(EcsFixture.host("a", "h1")).with("cluster", "prod").make();
        ecs.store.before(() -> ecs.put(host));
        ApiError error =
                ecs.refused(DeleteClusterRequest.builder().cluster("prod").build());
        assertEquals("ClusterContainsContainerInstancesException", error.code());
        DescribeClustersResponse answer =
                ecs.call(DescribeClustersRequest.builder().clusters("prod").build());
        assertEquals("ACTIVE", answer.clusters().get(0).status());
    }
}
