package io.staithe.server.manifest;

import io.staithe.server.aws.FieldPath;
import io.staithe.server.aws.Newer;
import io.staithe.server.aws.NewerMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fits a tree of YAML nodes into a request of the SDK's model. What does not fit is a problem with its place; the rest is
 * read all the same, so that a user sees every problem at once.
 */
final class Shaper {
    private final Spot spot;
    private final Map<String, Object> newer = new TreeMap<>();

    Shaper(Spot spot) {
        this.spot = spot;
    }

    /** The members of AWS's model that the SDK's classes lack, by their places. */
    Newer newer() {
        return Newer.of(newer);
    }

    /** Fills a builder with fields, which may have their first letter in either case. */
    void fill(SdkPojo builder, Map<String, Node> entries, FieldPath path) {
        Map<String, SdkField<?>> known = known(builder);
        Set<String> given = new HashSet<>();
        entries.forEach((name, node) -> {
            String exact = known.containsKey(name) ? name : Entries.otherCase(name);
            SdkField<?> field = known.get(exact);
            FieldPath at = path.field(Entries.shown(Entries.lowerFirst(name)));
            if (field == null) unknown(builder, name, node, at);
            else if (!given.add(exact)) spot.problem(node, at, "is given twice");
            else set(builder, field, node, at);
        });
    }

    /** What Staithe has there and AWS has not is no problem: it is read elsewhere. */
    private void unknown(SdkPojo builder, String name, Node node, FieldPath path) {
        Set<String> beside = builder instanceof ContainerDefinition.Builder ? ContainerExtensions.NAMES : Set.of();
        if (beside.contains(Entries.lowerFirst(name))) return;
        Set<String> known = new HashSet<>(known(builder).keySet());
        known.addAll(beside);
        spot.problem(node, path, unknown(name, known));
    }

    private void set(SdkPojo builder, SdkField<?> field, Node node, FieldPath path) {
        if (!spot.visit(node, path) || isNull(node)) return;
        Object value = value(node, field, path, Words.of(builder, field));
        if (value == null) return;
        if (NewerMembers.of(builder).contains(field)) newer.put(path.toString(), value);
        else field.set(builder, value);
    }

    private static Map<String, SdkField<?>> known(SdkPojo builder) {
        Map<String, SdkField<?>> known = builder.sdkFieldNameToField();
        if (NewerMembers.of(builder).isEmpty()) return known;
        Map<String, SdkField<?>> all = new LinkedHashMap<>(known);
        NewerMembers.of(builder).forEach(member -> all.put(member.locationName(), member));
        return all;
    }

    /** The value, or null when there is none or it is a problem. */
    private @Nullable Object value(Node node, SdkField<?> field, FieldPath path, Set<String> words) {
        return switch (field.marshallingType().getKnownType()) {
            case LIST -> list(node, field.getTrait(ListTrait.class).memberFieldInfo(), path, words);
            case MAP -> map(node, field.getTrait(MapTrait.class).valueFieldInfo(), path);
            case SDK_POJO -> pojo(node, field, path);
            case STRING -> word(node, path, words);
            case INTEGER -> Scalars.integer(node, path, spot);
            case LONG -> Scalars.longInteger(node, path, spot);
            case DOUBLE -> Scalars.number(node, path, spot);
            case BOOLEAN -> Scalars.flag(node, path, spot);
            case INSTANT -> Scalars.instant(node, path, spot);
            case DOCUMENT -> wrong(node, path, "is not supported");
            default -> throw new IllegalStateException(path + ": no kind has a field of this type");
        };
    }

    private @Nullable Object pojo(Node node, SdkField<?> field, FieldPath path) {
        if (!(node instanceof MappingNode mapping)) return wrong(node, path, "must be a mapping of fields");
        SdkPojo builder = field.constructor().get();
        fill(builder, Entries.of(mapping, path, spot), path);
        return ((Buildable) builder).build();
    }

    private @Nullable Object list(Node node, SdkField<?> member, FieldPath path, Set<String> words) {
        if (!(node instanceof SequenceNode sequence)) return wrong(node, path, "must be a list");
        List<Object> list = new ArrayList<>();
        int index = 0;
        for (Node element : sequence.getValue()) {
            FieldPath at = path.element(index++);
            if (!spot.visit(element, at)) return null;
            Object value =
                    isNull(element) ? wrong(element, at, "must not be empty") : value(element, member, at, words);
            if (value != null) list.add(value);
        }
        return list;
    }

    private @Nullable Object map(Node node, SdkField<?> member, FieldPath path) {
        if (!(node instanceof MappingNode mapping)) return wrong(node, path, "must be a mapping of names to values");
        Map<String, Object> map = new LinkedHashMap<>();
        Entries.of(mapping, path, spot).forEach((name, element) -> {
            FieldPath at = path.field(Entries.shown(name));
            if (!spot.visit(element, at) || isNull(element)) return;
            Object value = value(element, member, at, Set.of());
            if (value != null) map.put(name, value);
        });
        return map;
    }

    private @Nullable String word(Node node, FieldPath path, Set<String> words) {
        String text = Scalars.text(node, path, spot);
        if (text == null || words.isEmpty() || words.contains(text)) return text;
        spot.problem(node, path, "must be one of " + String.join(", ", new TreeSet<>(words)) + suggestion(text, words));
        return null;
    }

    private @Nullable Object wrong(Node node, FieldPath path, String rule) {
        spot.problem(node, path, rule);
        return null;
    }

    static String unknown(String name, Collection<String> known) {
        return "is not a known field"
                + suggestion(name, known.stream().map(Entries::lowerFirst).toList());
    }

    static String suggestion(String written, Collection<String> known) {
        return Nearest.to(written, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
