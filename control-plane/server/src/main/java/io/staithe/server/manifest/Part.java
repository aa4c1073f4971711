package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        Optional<List<Part>> wrapped = wrapped(document, spot);
        if (wrapped.isPresent()) return wrapped.get();
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

    /** Empty when the document is not the output of a describe call. */
    private static Optional<List<Part>> wrapped(MappingNode document, Spot spot) {
        Set<String> names = new HashSet<>(Entries.names(document));
        names.removeAll(BESIDE);
        if (names.size() != 1) return Optional.empty();
        String name = names.iterator().next();
        Node inner = Entries.get(document, name);
        if (inner instanceof MappingNode mapping) {
            FieldPath path = FieldPath.ROOT.field(name);
            return switch (name) {
                case "taskDefinition" -> one(ManifestKind.TASK_DEFINITION, withTags(mapping, document), path);
                case "service" -> one(ManifestKind.SERVICE, mapping, path);
                case "cluster" -> one(ManifestKind.CLUSTER, mapping, path);
                case "capacityProvider" -> one(ManifestKind.CAPACITY_PROVIDER, mapping, path);
                default -> Optional.empty();
            };
        }
        if (inner instanceof SequenceNode list) {
            return switch (name) {
                case "services" -> Optional.of(many(ManifestKind.SERVICE, list, name, spot));
                case "clusters" -> Optional.of(many(ManifestKind.CLUSTER, list, name, spot));
                case "capacityProviders" -> Optional.of(many(ManifestKind.CAPACITY_PROVIDER, list, name, spot));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Optional<List<Part>> one(ManifestKind kind, MappingNode inner, FieldPath path) {
        return Optional.of(List.of(new Part(kind, inner, path)));
    }

    private static List<Part> many(ManifestKind kind, SequenceNode list, String name, Spot spot) {
        List<Part> parts = new ArrayList<>();
        int index = 0;
        for (Node element : list.getValue()) {
            FieldPath path = FieldPath.ROOT.field(name).element(index++);
            if (element instanceof MappingNode mapping) parts.add(new Part(kind, mapping, path));
            else spot.problem(element, path, "must be a mapping of fields");
        }
        return parts;
    }

    /** DescribeTaskDefinition shows the tags beside the task definition, RegisterTaskDefinition takes them in it. */
    private static MappingNode withTags(MappingNode mapping, MappingNode document) {
        if (Entries.get(mapping, "tags") != null) return mapping;
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
        if (has(document, "scheduleExpression")) return Optional.of(ManifestKind.SCHEDULE);
        return Optional.empty();
    }

    private static boolean has(MappingNode document, String name) {
        return Entries.get(document, name) != null;
    }
}
