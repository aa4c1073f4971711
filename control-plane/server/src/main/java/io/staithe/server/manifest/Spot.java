package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** One document while it is read: notes the line of each field, and the problems with file and document. */
final class Spot {
    /** Aliases make a small file a large tree; more than this many fields and values are not read. */
    private static final int MAX_NODES = 100_000;

    private final String file;
    private final int document;
    private final Problems problems;
    private final Map<String, Integer> lines = new HashMap<>();
    private int nodes;

    Spot(String file, int document, Problems problems) {
        this.file = file;
        this.document = document;
        this.problems = problems;
    }

    /** Says that a field was reached; false when it must not be read, because there were too many. */
    boolean visit(Node node, FieldPath path) {
        if (++nodes <= MAX_NODES) {
            lines.put(path.toString(), Yaml.line(node));
            return true;
        }
        if (nodes == MAX_NODES + 1)
            problem(
                    node,
                    FieldPath.ROOT,
                    "has more than " + MAX_NODES + " fields and values, aliases counted each time");
        return false;
    }

    void problem(Node node, FieldPath path, String rule) {
        problems.add(new ManifestError(file, document, Yaml.line(node), path.toString(), rule));
    }

    /** How many problems there are so far, in all files. */
    int problems() {
        return problems.count();
    }

    ManifestSource source(FieldPath root) {
        return new ManifestSource(file, document, root.toString(), lines);
    }
}
