package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ServiceId;
import io.staithe.server.aws.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what callers call things by: a name or an ARN, everywhere. A cluster that is not named is the one of the ARN, and
 * without one the default cluster.
 */
public final class Names {
    private Names() {}

    /** A cluster's name. */
    public static String cluster(@Nullable String nameOrArn) {
        if (nameOrArn == null || nameOrArn.isBlank()) return Cluster.DEFAULT;
        return path(nameOrArn, "cluster").get(0);
    }

    public static ServiceId service(@Nullable String cluster, @Nullable String nameOrArn) {
        if (nameOrArn == null || nameOrArn.isBlank()) throw ApiError.invalidParameter("Service cannot be empty.");
        return new ServiceId(clusterOf(cluster, nameOrArn, "service"), last(nameOrArn, "service"));
    }

    /** The last part of {@code .../CLUSTER/ID}, once it is sure that it is of the cluster that was named. */
    public static String id(@Nullable String cluster, String idOrArn, String type) {
        clusterOf(cluster, idOrArn, type);
        return last(idOrArn, type);
    }

    /** The cluster that is meant by {@code cluster} and an ARN that bears one, which must not disagree. */
    public static String clusterOf(@Nullable String cluster, String idOrArn, String type) {
        List<String> path = path(idOrArn, type);
        if (path.size() < 2) return cluster(cluster);
        String named = path.get(0);
        if (cluster != null && !cluster.isBlank() && !cluster(cluster).equals(named))
            throw ApiError.invalidParameter(
                    "Identifier is for cluster " + named + ". Your cluster is " + cluster(cluster));
        return named;
    }

    /** Cluster, service and number of a deployment's ARN. */
    public static List<String> serviceDeployment(String arn) {
        return numbered(arn, "service-deployment");
    }

    /** Cluster, service and number of a service revision's ARN. */
    public static List<String> serviceRevision(String arn) {
        return numbered(arn, "service-revision");
    }

    private static List<String> numbered(String arn, String type) {
        List<String> path = arn.startsWith("arn:") ? path(arn, type) : List.of();
        if (path.size() != 3 || !path.get(2).matches("[0-9]{1,19}"))
            throw ApiError.invalidParameter("Invalid identifier: " + arn + " is not the ARN of a " + type);
        return path;
    }

    /** {@code family} or {@code family:revision}. */
    public static String taskDefinition(@Nullable String nameOrArn) {
        if (nameOrArn == null || nameOrArn.isBlank())
            throw ApiError.invalidParameter("TaskDefinition should not be null or empty");
        return last(nameOrArn, "task-definition");
    }

    /** A target group's name out of {@code targetgroup/NAME/0123456789abcdef}, or the name itself. */
    public static String targetGroup(String nameOrArn) {
        return path(nameOrArn, "targetgroup").get(0);
    }

    /** A load balancer's name out of {@code loadbalancer/app/NAME/0123456789abcdef}, or the name itself. */
    public static String loadBalancer(String nameOrArn) {
        List<String> path = path(nameOrArn, "loadbalancer");
        return path.get(path.size() > 1 ? 1 : 0);
    }

    /** A capacity provider's name. */
    public static String capacityProvider(@Nullable String nameOrArn) {
        if (nameOrArn == null || nameOrArn.isBlank())
            throw ApiError.invalidParameter("Capacity provider name can not be blank.");
        return last(nameOrArn, "capacity-provider");
    }

    /** A host group's name, or what follows the last slash of the ARN of an Auto Scaling group, which is its place in ECS. */
    public static String hostGroup(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }

    private static String last(String idOrArn, String type) {
        List<String> path = path(idOrArn, type);
        return path.get(path.size() - 1);
    }

    /** What follows the type in an ARN; of a plain name, the name. */
    private static List<String> path(String nameOrArn, String type) {
        if (!nameOrArn.startsWith("arn:")) return List.of(nameOrArn.split("/"));
        String[] parts = nameOrArn.split(":", 6);
        String resource = parts.length == 6 ? parts[5] : "";
        if (!resource.startsWith(type + "/") || resource.endsWith("/"))
            throw ApiError.invalidParameter("Invalid identifier: " + nameOrArn + " is not the ARN of a " + type);
        return List.of(resource.substring(type.length() + 1).split("/"));
    }
}
