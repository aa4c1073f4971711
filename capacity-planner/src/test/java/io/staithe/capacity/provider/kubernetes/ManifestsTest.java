package io.staithe.capacity.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
    private static final Path MANIFESTS = Path.of("..", "k8s");
    private static final InstanceId ONE = InstanceId.of("1".repeat(32));

    @TempDir
    Path folder;

    @Test
    void allAreReadAndInTheNamespace() throws IOException {
        try (Cluster cluster = new Cluster(folder)) {
            List<HasMetadata> all = all(cluster);
            assertEquals(7, all.size());
            for (HasMetadata each : all)
                if (!each.getKind().equals("Namespace"))
                    assertEquals(Cluster.NAMESPACE, each.getMetadata().getNamespace(), each.getKind());
        }
    }

    @Test
    void theControlPlaneRunsAsTheAccountThatHasTheRole() throws IOException {
        try (Cluster cluster = new Cluster(folder)) {
            StatefulSet controlPlane = one(cluster, StatefulSet.class);
            RoleBinding binding = one(cluster, RoleBinding.class);
            assertEquals(
                    controlPlane.getSpec().getTemplate().getSpec().getServiceAccountName(),
                    binding.getSubjects().get(0).getName());
            assertEquals(
                    one(cluster, Role.class).getMetadata().getName(),
                    binding.getRoleRef().getName());
        }
    }

    @Test
    void theRoleAllowsWhatIsCalledAndNothingElse() throws IOException {
        try (Cluster cluster = new Cluster(folder)) {
            KubernetesProvider provider = cluster.open("ours");
            provider.start(cluster.request(ONE));
            provider.start(cluster.request(ONE));
            provider.list();
            provider.terminate(ONE);
            Set<String> called = new TreeSet<>();
            for (Cluster.Seen seen : cluster.seen) called.add(verb(seen));
            Set<String> allowed = new TreeSet<>();
            for (PolicyRule rule : one(cluster, Role.class).getRules())
                for (String resource : rule.getResources())
                    for (String verb : rule.getVerbs()) allowed.add(verb + " " + resource);
            assertFalse(called.isEmpty());
            assertEquals(allowed, called);
        }
    }

    /** As the API server names what is asked of it. */
    private static String verb(Cluster.Seen seen) {
        List<String> path = List.of(seen.path().substring(1).split("/"));
        boolean named = path.size() > 5;
        String verb =
                switch (seen.method()) {
                    case "GET" -> named ? "get" : "list";
                    case "POST" -> "create";
                    case "DELETE" -> named ? "delete" : "deletecollection";
                    default -> seen.method();
                };
        return verb + " " + path.get(4);
    }

    private static <T> T one(Cluster cluster, Class<T> kind) throws IOException {
        List<T> found =
                all(cluster).stream().filter(kind::isInstance).map(kind::cast).toList();
        assertEquals(1, found.size(), kind.getSimpleName());
        return found.get(0);
    }

    private static List<HasMetadata> all(Cluster cluster) throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            for (Path file : files.filter(any -> any.toString().endsWith(".yaml"))
                    .sorted()
                    .toList())
                all.addAll(cluster.direct().load(Files.newInputStream(file)).items());
        }
        return all;
    }
}
