package io.staithe.cli.kind;

import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import java.util.List;

/** Clusters. */
public final class Clusters {
    /** ECS: DescribeClusters takes a hundred at a time. */
    private static final int BATCH = 100;

    public static final Kind KIND = new Kind(
            "clusters",
            List.of(),
            session -> Ecs.describe(
                            session.api(),
                            "DescribeClusters",
                            Api.object(),
                            "clusters",
                            Ecs.arns(session.api(), "ListClusters", Api.object(), "clusterArns"),
                            BATCH)
                    .stream()
                    .sorted(Ecs.by("clusterName"))
                    .toList(),
            (session, name) -> List.of(Clusters.KIND.find(session, name)),
            Clusters::delete,
            item -> List.of(item.path("clusterName").asText()),
            List.of(
                    Column.field("CLUSTER", "clusterName"),
                    Column.field("STATUS", "status"),
                    Column.field("SERVICES", "activeServicesCount"),
                    Column.field("RUNNING", "runningTasksCount"),
                    Column.field("PENDING", "pendingTasksCount"),
                    Column.field("HOSTS", "registeredContainerInstancesCount")));

    private Clusters() {}

    /** By its whole name: a cluster is too much to lose by an abbreviation. */
    private static String delete(Session session, String name) {
        session.api().ecs("DeleteCluster", Ecs.in(name));
        return name;
    }
}
