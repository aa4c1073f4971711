package io.staithe.server.manifest;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.UnitPrices;
import io.staithe.server.aws.FieldPath;
import io.staithe.server.ecs.RecordShape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Fits a tree of YAML nodes into a record of the model: what Staithe has and AWS's requests have not. As {@link Shaper}, it
 * says of each thing that does not fit where it stands, rules of the record's constructor included, and reads on.
 */
final class RecordReader {
    /** What is meant by what is left out. A list or mapping that is not here may be left out too. */
    private static final Map<String, Object> OTHERWISE = Map.ofEntries(
            Map.entry("Consolidation.interval", Duration.ofMinutes(10)),
            Map.entry("Consolidation.minimumSavingPercent", 10),
            Map.entry("HostGroupForm.emptyFor", Duration.ofMinutes(1)),
            Map.entry("HostGroupForm.joinDeadline", Duration.ofMinutes(5)),
            Map.entry("HostGroupForm.anySize", false),
            Map.entry("HostGroupForm.min", 0),
            Map.entry("HostGroupForm.minimumLife", Duration.ZERO),
            Map.entry("HostTypeForm.architecture", "X86_64"),
            Map.entry("HostTypeForm.gpus", 0),
            Map.entry("HostTypeForm.startsIn", Duration.ofMinutes(1)),
            Map.entry("JobPolicy.retries", 0),
            Map.entry("ManagedScaling.enabled", ManagedScaling.DEFAULT.enabled()),
            Map.entry("ManagedScaling.instanceWarmupPeriod", ManagedScaling.DEFAULT.instanceWarmupPeriod()),
            Map.entry("ManagedScaling.maximumScalingStepSize", ManagedScaling.DEFAULT.maximumScalingStepSize()),
            Map.entry("ManagedScaling.minimumScalingStepSize", ManagedScaling.DEFAULT.minimumScalingStepSize()),
            Map.entry("ManagedScaling.targetCapacity", ManagedScaling.DEFAULT.targetCapacity()),
            Map.entry("Overhead.memory", "0"),
            Map.entry("Overhead.vcpu", BigDecimal.ZERO),
            Map.entry("PlacementPolicy.priority", PlacementPolicy.NONE.priority()),
            Map.entry("PlacementPolicy.allOrNothing", PlacementPolicy.NONE.allOrNothing()),
            Map.entry("PlacementPolicy.headroom", PlacementPolicy.NONE.headroom()),
            Map.entry("Preference.weight", 1),
            Map.entry("Prices.spotPercent", UnitPrices.FARGATE.spotPercent()),
            Map.entry("Prices.storageGbHour", Amounts.dollars(UnitPrices.FARGATE.microsPerStorageGbHour())),
            Map.entry("Rebalancing.enabled", Rebalancing.DEFAULT.enabled()),
            Map.entry("Rebalancing.movesAtOnce", Rebalancing.DEFAULT.movesAtOnce()),
            Map.entry("Rebalancing.movesPerHour", Rebalancing.DEFAULT.movesPerHour()),
            Map.entry("Rebalancing.minimumTaskAgeSeconds", Rebalancing.DEFAULT.minimumTaskAgeSeconds()),
            Map.entry("Rebalancing.defragment", Rebalancing.DEFAULT.defragment()),
            Map.entry("Window.from", LocalTime.MIDNIGHT),
            Map.entry("Window.to", LocalTime.MIDNIGHT),
            Map.entry("Window.timeZone", "UTC"));

    private final Spot spot;

    RecordReader(Spot spot) {
        this.spot = spot;
    }

    /** The value, or null when there is none or it is a problem. */
    @Nullable
    Object read(Node node, Type type, FieldPath path) {
        if (!spot.visit(node, path) || Shaper.isNull(node)) return null;
        if (type instanceof ParameterizedType many)
            return many.getRawType() == Map.class
                    ? map(node, many.getActualTypeArguments()[1], path)
                    : list(node, many.getActualTypeArguments()[0], path);
        Class<?> plain = (Class<?>) type;
        if (plain == int.class || plain == Integer.class) return Scalars.integer(node, path, spot);
        if (plain == boolean.class || plain == Boolean.class) return Scalars.flag(node, path, spot);
        if (plain == String.class) return Scalars.text(node, path, spot);
        if (plain == BigDecimal.class) return Scalars.decimal(node, path, spot);
        if (plain == LocalTime.class) return time(node, path);
        if (plain == Duration.class) return span(node, path);
        if (plain.isEnum()) return constant(node, plain, path);
        return record(node, plain, path);
    }

    private @Nullable Object record(Node node, Class<?> type, FieldPath path) {
        if (!(node instanceof MappingNode mapping)) return wrong(node, path, "must be a mapping of fields");
        return record(node, Entries.of(mapping, path, spot), type, path);
    }

    /** The record of which these are the fields, or null after it has been said what is wrong with them. */
    @Nullable
    Object record(Node node, Map<String, Node> entries, Class<?> type, FieldPath path) {
        int before = spot.problems();
        Map<String, Node> given = known(entries, type, path);
        RecordShape shape = RecordShape.of(type);
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : shape.components())
            values.add(component(component, given.get(component.getName()), node, path));
        if (spot.problems() > before) return null;
        try {
            return shape.construct(values.toArray());
        } catch (Invalid invalid) {
            Node at = given.getOrDefault(invalid.field(), node);
            return wrong(at, path.field(invalid.field()), invalid.rule());
        }
    }

    private @Nullable Object component(RecordComponent component, @Nullable Node node, Node owner, FieldPath path) {
        String name = component.getName();
        FieldPath at = path.field(name);
        if (node != null && !Shaper.isNull(node)) return read(node, component.getGenericType(), at);
        Object otherwise = OTHERWISE.get(component.getDeclaringRecord().getSimpleName() + "." + name);
        boolean optional = component.getType() == List.class
                || component.getType() == Map.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return otherwise != null || optional ? otherwise : wrong(owner, at, "is required");
    }

    /** The fields that the record has, by its own names for them; others are problems. */
    private Map<String, Node> known(Map<String, Node> entries, Class<?> type, FieldPath path) {
        List<String> names = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        Map<String, Node> known = new LinkedHashMap<>();
        entries.forEach((written, node) -> {
            String name = Entries.lowerFirst(written);
            FieldPath at = path.field(Entries.shown(name));
            if (!names.contains(name)) wrong(node, at, Shaper.unknown(name, names));
            else if (known.put(name, node) != null) wrong(node, at, "is given twice");
        });
        return known;
    }

    private @Nullable Object list(Node node, Type element, FieldPath path) {
        if (!(node instanceof SequenceNode sequence)) return wrong(node, path, "must be a list");
        List<Object> list = new ArrayList<>();
        int index = 0;
        for (Node item : sequence.getValue()) {
            FieldPath at = path.element(index++);
            Object value = Shaper.isNull(item) ? wrong(item, at, "must not be empty") : read(item, element, at);
            if (value != null) list.add(value);
        }
        return list;
    }

    private @Nullable Object map(Node node, Type element, FieldPath path) {
        if (!(node instanceof MappingNode mapping)) return wrong(node, path, "must be a mapping of names to values");
        Map<String, Object> map = new LinkedHashMap<>();
        Entries.of(mapping, path, spot).forEach((name, item) -> {
            Object value = read(item, element, path.field(Entries.shown(name)));
            if (value != null) map.put(name, value);
        });
        return map;
    }

    private @Nullable Object span(Node node, FieldPath path) {
        String text = Scalars.text(node, path, spot);
        if (text == null) return null;
        Optional<Duration> span = Spans.read(text);
        return span.isPresent() ? span.get() : wrong(node, path, "must be a span of time such as 90s, 5m or 2h");
    }

    private @Nullable Object time(Node node, FieldPath path) {
        String text = Scalars.text(node, path, spot);
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeException e) {
            return wrong(node, path, "must be a time of day such as 22:00");
        }
    }

    private @Nullable Object constant(Node node, Class<?> type, FieldPath path) {
        String text = Scalars.text(node, path, spot);
        if (text == null) return null;
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
        Optional<?> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equalsIgnoreCase(text))
                .findFirst();
        if (found.isPresent()) return found.get();
        return wrong(node, path, "must be one of " + String.join(", ", words) + Shaper.suggestion(text, words));
    }

    private @Nullable Object wrong(Node node, FieldPath path, String rule) {
        spot.problem(node, path, rule);
        return null;
    }
}
