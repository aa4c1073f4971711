package io.staithe.server.manifest;

import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.PreStop;
import io.staithe.server.aws.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads the parts of one document into requests, and keeps the sound ones. */
final class DocumentReader {
    private final Spot spot;
    private final List<ManifestDocument> documents;

    DocumentReader(Spot spot, List<ManifestDocument> documents) {
        this.spot = spot;
        this.documents = documents;
    }

    void read(Part part) {
        int before = spot.problems();
        if (!spot.visit(part.node(), part.path())) return;
        Map<String, Node> entries = Entries.of(part.node(), part.path(), spot);
        entries.keySet().removeAll(Set.of("kind", "Kind"));
        Optional<Class<? extends Record>> form = part.kind().form();
        if (form.isPresent()) readForm(part, entries, form.get());
        else readRequest(part, entries, part.kind().newRequest().orElseThrow(), before);
    }

    private void readForm(Part part, Map<String, Node> entries, Class<? extends Record> form) {
        Object read = new RecordReader(spot).record(part.node(), entries, form, part.path());
        if (read != null) documents.add(new ManifestDocument(part.kind(), read, Map.of(), spot.source(part.path())));
    }

    private void readRequest(Part part, Map<String, Node> entries, SdkPojo builder, int before) {
        if (part.kind() == ManifestKind.SERVICE) prepare((CreateServiceRequest.Builder) builder, entries, part.path());
        entries.keySet().removeAll(part.kind().outputOnly());
        Map<String, Object> extensions = extensions(part, entries);
        Shaper shaper = new Shaper(spot);
        shaper.fill(builder, entries, part.path());
        if (spot.problems() > before) return;
        String root = part.path().toString();
        (root.isEmpty() ? shaper.newer() : shaper.newer().within(root)).into(builder);
        SdkPojo request = (SdkPojo) ((Buildable) builder).build();
        documents.add(new ManifestDocument(part.kind(), request, extensions, spot.source(part.path())));
    }

    /** Takes out what a service may hold beside the fields of CreateService. */
    private void prepare(CreateServiceRequest.Builder service, Map<String, Node> entries, FieldPath path) {
        Node clusterArn = entries.get("clusterArn");
        if (clusterArn != null) entries.putIfAbsent("cluster", clusterArn);
        if (isShownDaemon(entries)) entries.remove("desiredCount");
        String name = entries.containsKey("taskDefinition") ? "taskDefinition" : "TaskDefinition";
        if (entries.get(name) instanceof MappingNode inline) {
            entries.remove(name);
            service.taskDefinition(family(inline, path.field("taskDefinition")));
        }
    }

    /** DescribeServices shows how many hosts a daemon service runs on; nobody can ask for it. */
    private static boolean isShownDaemon(Map<String, Node> entries) {
        return entries.containsKey("serviceArn")
                && entries.get("schedulingStrategy") instanceof ScalarNode strategy
                && strategy.getValue().equals("DAEMON");
    }

    /** Reads a task definition that stands in a service; the service then names its newest revision. */
    private @Nullable String family(MappingNode inline, FieldPath path) {
        read(new Part(ManifestKind.TASK_DEFINITION, inline, path));
        FieldPath at = path.field("family");
        Node family = Entries.get(inline, "family");
        if (family != null) return Scalars.text(family, at, spot);
        spot.problem(inline, at, "is required");
        return null;
    }

    private Map<String, Object> extensions(Part part, Map<String, Node> entries) {
        Map<String, Object> extensions = new HashMap<>();
        part.kind().extensions().forEach((name, type) -> {
            String written = entries.containsKey(name) ? name : Entries.otherCase(name);
            Node node = entries.remove(written);
            Object value = node == null
                    ? null
                    : new RecordReader(spot).read(node, type, part.path().field(name));
            if (value != null) extensions.put(name, value);
        });
        if (part.kind() == ManifestKind.TASK_DEFINITION)
            extensions.put(ContainerExtensions.FIELD, ofContainers(entries, part.path()));
        return extensions;
    }

    /** They stay in their entries, where they are passed over. */
    private ContainerExtensions ofContainers(Map<String, Node> entries, FieldPath path) {
        String written = entries.containsKey(ContainerExtensions.FIELD)
                ? ContainerExtensions.FIELD
                : Entries.otherCase(ContainerExtensions.FIELD);
        if (!(entries.get(written) instanceof SequenceNode containers)) return ContainerExtensions.NONE;
        FieldPath at = path.field(ContainerExtensions.FIELD);
        List<ContainerExtensions.Container> read = new ArrayList<>();
        for (Node container : containers.getValue()) read.add(ofContainer(container, at.element(read.size())));
        return new ContainerExtensions(read);
    }

    private ContainerExtensions.Container ofContainer(Node container, FieldPath path) {
        if (!(container instanceof MappingNode mapping)) return ContainerExtensions.Container.NONE;
        return new ContainerExtensions.Container(
                extension(mapping, "readinessCheck", HealthCheck.class, path),
                extension(mapping, "preStop", PreStop.class, path));
    }

    private <T> @Nullable T extension(MappingNode owner, String name, Class<T> type, FieldPath path) {
        Node node = Entries.get(owner, name);
        return node == null ? null : type.cast(new RecordReader(spot).read(node, type, path.field(name)));
    }
}
