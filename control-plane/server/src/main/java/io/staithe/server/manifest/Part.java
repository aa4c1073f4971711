package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One thing that a document declares, out of its wrapping.
 *
 * @param path of the node within its document; mostly the root
 */
record Part(ManifestKind kind, MappingNode node, FieldPath path) {
    /** What AWS's describe calls answer beside the thing itself. */
    private static final Set<String> BESIDE = Set.of("tags", "failures", "ResponseMetadata");

    /** The parts of a document; none, and a problem, when it does not show what it is. */
    static List<Part> of(MappingNode document, Spot spot) {
        Node kind = Entries.get(document, "kind");
        if (kind != null) return named(kind, document, spot);
        List<Part> wrapped = wrapped(document, spot);
        if (!wrapped.isEmpty()) return wrapped;
        Optional<ManifestKind> sniffed = sniff(document);
        if (sniffed.isEmpty())
            spot.problem(
                    document, FieldPath.ROOT, "does not show what it is; give it a kind: " + ManifestKind.titles());
        return sniffed.map(found -> List.of(new Part(found, document, FieldPath.ROOT)))
                .orElse(List.of());
    }

    private static List<Part> named(Node node, MappingNode document, Spot spot) {
        String title = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        Optional<ManifestKind> kind = ManifestKind.of(title);
        if (kind.isPresent()) return List.of(new Part(kind.get(), document, FieldPath.ROOT));
        spot.problem(
                node,
                FieldPath.ROOT.field("kind"),
                "must be one of " + ManifestKind.titles() + ", but is " + Entries.shown(title));
        return List.of();
    }

    private static List<Part> wrapped(MappingNode document, Spot spot) {
        Set<String> names = new HashSet<>(Entries.names(document));
        names.removeAll(BESIDE);
        if (names.size() != 1) return List.of();
        String name = names.iterator().next();
        Node inner = Entries.get(document, name);
        return switch (name) {
            case "taskDefinition" -> one(ManifestKind.TASK_DEFINITION, withTags(inner, document), name);
            case "service" -> one(ManifestKind.SERVICE, inner, name);
            case "cluster" -> one(ManifestKind.CLUSTER, inner, name);
            case "services" -> many(ManifestKind.SERVICE, inner, name, spot);
            case "clusters" -> many(ManifestKind.CLUSTER, inner, name, spot);
            default -> List.of();
        };
    }

    private static List<Part> one(ManifestKind kind, @Nullable Node inner, String name) {
        if (!(inner instanceof MappingNode mapping)) return List.of();
        return List.of(new Part(kind, mapping, FieldPath.ROOT.field(name)));
    }

    private static List<Part> many(ManifestKind kind, @Nullable Node inner, String name, Spot spot) {
        if (!(inner instanceof SequenceNode list)) return List.of();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            Node element = list.getValue().get(i);
            FieldPath path = FieldPath.ROOT.field(name).element(i);
            if (element instanceof MappingNode mapping) parts.add(new Part(kind, mapping, path));
            else spot.problem(element, path, "must be a mapping of fields");
        }
        return parts;
    }

    /** DescribeTaskDefinition shows the tags beside the task definition, RegisterTaskDefinition takes them in it. */
    private static @Nullable Node withTags(@Nullable Node inner, MappingNode document) {
        if (!(inner instanceof MappingNode mapping) || Entries.get(mapping, "tags") != null) return inner;
        List<NodeTuple> both = new ArrayList<>(mapping.getValue());
        for (NodeTuple tuple : document.getValue())
            if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("tags")) both.add(tuple);
        return new MappingNode(
                mapping.getTag(), true, both, mapping.getFlowStyle(), mapping.getStartMark(), mapping.getEndMark());
    }

    private static Optional<ManifestKind> sniff(MappingNode document) {
        if (has(document, "containerDefinitions")) return Optional.of(ManifestKind.TASK_DEFINITION);
        if (has(document, "serviceName") || has(document, "desiredCount") || has(document, "taskDefinition"))
            return Optional.of(ManifestKind.SERVICE);
        if (has(document, "clusterName")) return Optional.of(ManifestKind.CLUSTER);
        return Optional.empty();
    }

    private static boolean has(MappingNode document, String name) {
        return Entries.get(document, name) != null;
    }
}
