package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of a mapping by name, in the order written. */
final class Entries {
    private Entries() {}

    /** Keys that are not text, or stand twice, are problems, and left out. */
    static Map<String, Node> of(MappingNode node, FieldPath path, Spot spot) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                spot.problem(tuple.getKeyNode(), path, "has a key that is not text; was {{ }} or ${ } meant? Quote it");
                continue;
            }
            String name = key.getValue();
            Integer first = lines.putIfAbsent(name, Yaml.line(key));
            if (first == null) entries.put(name, tuple.getValueNode());
            else spot.problem(key, path.field(shown(name)), "is given twice, first on line " + first);
        }
        return entries;
    }

    static List<String> names(MappingNode node) {
        List<String> names = new ArrayList<>();
        for (NodeTuple tuple : node.getValue())
            if (tuple.getKeyNode() instanceof ScalarNode key) names.add(key.getValue());
        return names;
    }

    /** A field by its name with the first letter in either case. */
    static @Nullable Node get(MappingNode node, String name) {
        for (NodeTuple tuple : node.getValue())
            if (tuple.getKeyNode() instanceof ScalarNode key
                    && (key.getValue().equals(name) || key.getValue().equals(otherCase(name))))
                return tuple.getValueNode();
        return null;
    }

    /** {@code Name} for {@code name}, and the other way round. */
    static String otherCase(String name) {
        if (name.isEmpty()) return name;
        String first = name.substring(0, 1);
        String upper = first.toUpperCase(Locale.ROOT);
        return (first.equals(upper) ? first.toLowerCase(Locale.ROOT) : upper) + name.substring(1);
    }

    static String lowerFirst(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A name from the file, short enough to be shown. */
    static String shown(String name) {
        String oneLine = name.replaceAll("\\s+", " ");
        return oneLine.length() <= 64 ? oneLine : oneLine.substring(0, 61) + "...";
    }
}
