package io.staithe.server.apply;

import io.staithe.core.model.Id;
import io.staithe.core.model.Service;
import io.staithe.server.manifest.Spans;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records as trees of maps, lists, texts and numbers: to compare them, and to show them as JSON. */
public final class Rendering {
    /** What the control plane keeps for itself. */
    private static final Set<String> INTERNAL = Set.of(
            "createdBy",
            "deployedAt",
            "deployedBy",
            "deployment",
            "deploymentRequest",
            "deregisteredAt",
            "firedUntil",
            "forced",
            "incarnation",
            "registeredAt",
            "registeredBy",
            "traceParent");

    private Rendering() {}

    /** Absent and empty parts are left out. */
    public static Map<String, Object> of(Record record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (INTERNAL.contains(component.getName())) continue;
            Object value = value(read(component, record));
            if (value != null) tree.put(component.getName(), value);
        }
        return tree;
    }

    /** A service as it is declared: what its tasks are made of beside the rest. */
    static Map<String, Object> of(Service service) {
        Map<String, Object> tree = of((Record) service);
        tree.remove("revision");
        tree.putAll(of(service.revision()));
        if (service.placementPolicy() != null) tree.put("placement", of(service.placementPolicy()));
        tree.remove("placementPolicy");
        return tree;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Id id) return id.value();
        if (value instanceof Record record) return of(record);
        if (value instanceof Duration span) return Spans.text(span);
        if (value instanceof Collection<?> items)
            return items.isEmpty() ? null : items.stream().map(Rendering::value).toList();
        if (value instanceof Map<?, ?> map) return map.isEmpty() ? null : map;
        if (value instanceof Instant || value instanceof LocalTime || value instanceof Enum<?>) return value.toString();
        return value;
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
