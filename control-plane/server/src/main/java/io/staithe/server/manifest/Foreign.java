package io.staithe.server.manifest;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Recognises files that other tools read, so that their users are told more than "unknown field". */
final class Foreign {
    private static final Set<String> COPILOT_TYPES = Set.of(
            "Load Balanced Web Service",
            "Backend Service",
            "Worker Service",
            "Static Site",
            "Request-Driven Web Service",
            "Scheduled Job",
            "Environment",
            "Pipeline");
    private static final String MAPPING = "{}";
    private static final int MAX_TEXT_CHARS = 100_000;
    private static final Pattern TOP_LEVEL_KEY = Pattern.compile("(?m)^ {0,2}\"?([A-Za-z_]{1,64})\"?: *([^\\n]{0,64})");

    private Foreign() {}

    /** What a document seems to be, when it is none of ours. */
    static Optional<String> seems(MappingNode document) {
        Map<String, String> fields = new TreeMap<>();
        for (NodeTuple tuple : document.getValue())
            if (tuple.getKeyNode() instanceof ScalarNode key) fields.put(key.getValue(), summary(tuple.getValueNode()));
        return seems(fields);
    }

    /** The same for text that is not even YAML, by its first words. */
    static Optional<String> seems(String text) {
        Map<String, String> fields = new TreeMap<>();
        TOP_LEVEL_KEY
                .matcher(text.substring(0, Math.min(text.length(), MAX_TEXT_CHARS)))
                .results()
                .forEach((MatchResult found) -> fields.put(
                        found.group(1),
                        found.group(2).isBlank() ? MAPPING : found.group(2).strip()));
        return seems(fields);
    }

    private static String summary(Node value) {
        if (value instanceof ScalarNode scalar) return scalar.getValue();
        return value instanceof MappingNode ? MAPPING : "";
    }

    private static Optional<String> seems(Map<String, String> fields) {
        if (fields.containsKey("AWSTemplateFormatVersion") || MAPPING.equals(fields.get("Resources")))
            return Optional.of("a CloudFormation template");
        if (fields.containsKey("service_definition"))
            return Optional.of("an ecspresso configuration; apply the files that it names");
        if (fields.containsKey("apiVersion")) return Optional.of("a Kubernetes manifest");
        if (fields.containsKey("run_params") || MAPPING.equals(fields.get("task_definition")))
            return Optional.of("an ecs-params file of ecs-cli");
        if (COPILOT_TYPES.contains(fields.getOrDefault("type", ""))) return Optional.of("a Copilot manifest");
        if (MAPPING.equals(fields.get("services"))) return Optional.of("a Compose file");
        return Optional.empty();
    }
}
