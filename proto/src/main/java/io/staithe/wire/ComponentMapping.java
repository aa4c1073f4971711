package io.staithe.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.staithe.core.model.Invalid;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One component of a record and its field: how many values there are, and whether they may be absent. */
abstract class ComponentMapping {
    private final String name;
    private final MethodHandle getter;
    final FieldDescriptor field;

    static ComponentMapping of(RecordComponent component, FieldDescriptor field) {
        Type type = component.getGenericType();
        if (!(type instanceof ParameterizedType many)) return new One(component, field);
        return component.getType() == Map.class
                ? new Entries(component, field, many)
                : new Many(component, field, many);
    }

    private ComponentMapping(RecordComponent component, FieldDescriptor field) {
        this.name = component.getName();
        this.getter = Handles.function(component.getAccessor());
        this.field = field;
    }

    /** Copies the record's component into the message. */
    final void write(Object value, Message.Builder message) {
        put(Handles.call(getter, value), message);
    }

    /** The component's value, or null where it is absent and may be. */
    final @Nullable Object read(Message message) {
        try {
            return get(message);
        } catch (Invalid invalid) {
            throw invalid.within(name);
        }
    }

    abstract void put(@Nullable Object value, Message.Builder message);

    abstract @Nullable Object get(Message message);

    /** What stands in the record's place must stand in the message's. */
    static void require(boolean same, RecordComponent component, FieldDescriptor field, String difference) {
        if (!same)
            throw new IllegalStateException(component.getDeclaringRecord().getSimpleName() + "." + component.getName()
                    + " and " + field.getFullName() + ": " + difference);
    }

    <T> T required(@Nullable T value) {
        if (value == null)
            throw new IllegalArgumentException(field.getContainingType().getName() + "." + name + " is null");
        return value;
    }

    /** One value. */
    private static final class One extends ComponentMapping {
        private final boolean nullable;
        private final ValueMapping values;

        One(RecordComponent component, FieldDescriptor field) {
            super(component, field);
            require(!field.isRepeated(), component, field, "one value against many");
            nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            require(message || nullable == field.hasPresence(), component, field, "only one of them can be absent");
            values = ValueMapping.of(component.getType(), field);
        }

        @Override
        void put(@Nullable Object value, Message.Builder message) {
            if (value == null && nullable) return;
            message.setField(field, values.toWire(required(value)));
        }

        @Override
        @Nullable
        Object get(Message message) {
            if (!field.hasPresence() || message.hasField(field)) return values.toDomain(message.getField(field));
            if (nullable) return null;
            throw new Invalid("", "is required");
        }
    }

    /** A list or a set. */
    private static final class Many extends ComponentMapping {
        private final boolean set;
        private final ValueMapping values;

        Many(RecordComponent component, FieldDescriptor field, ParameterizedType type) {
            super(component, field);
            set = component.getType() == Set.class;
            require(set || component.getType() == List.class, component, field, "neither a list nor a set");
            require(field.isRepeated() && !field.isMapField(), component, field, "many values against one");
            values = ValueMapping.of((Class<?>) type.getActualTypeArguments()[0], field);
        }

        @Override
        void put(@Nullable Object value, Message.Builder message) {
            for (Object element : (Collection<?>) required(value))
                message.addRepeatedField(field, values.toWire(element));
        }

        @Override
        Object get(Message message) {
            List<?> elements = (List<?>) message.getField(field);
            List<Object> all = new ArrayList<>(elements.size());
            for (int i = 0; i < elements.size(); i++) all.add(element(elements.get(i), i));
            return set ? new LinkedHashSet<>(all) : all;
        }

        private Object element(Object element, int index) {
            try {
                return values.toDomain(element);
            } catch (Invalid invalid) {
                throw invalid.within("[" + index + "]");
            }
        }
    }

    /** A map by strings. */
    private static final class Entries extends ComponentMapping {
        private final FieldDescriptor keyField;
        private final FieldDescriptor valueField;
        private final ValueMapping values;

        Entries(RecordComponent component, FieldDescriptor field, ParameterizedType type) {
            super(component, field);
            require(field.isMapField(), component, field, "a map against something else");
            require(
                    type.getActualTypeArguments()[0] == String.class,
                    component,
                    field,
                    "only maps by strings are known");
            keyField = field.getMessageType().findFieldByNumber(1);
            valueField = field.getMessageType().findFieldByNumber(2);
            values = ValueMapping.of((Class<?>) type.getActualTypeArguments()[1], valueField);
        }

        @Override
        void put(@Nullable Object value, Message.Builder message) {
            ((Map<?, ?>) required(value)).forEach((key, content) -> {
                Message.Builder entry = message.newBuilderForField(field);
                entry.setField(keyField, key);
                entry.setField(valueField, values.toWire(content));
                message.addRepeatedField(field, entry.build());
            });
        }

        @Override
        Object get(Message message) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Object entry : (List<?>) message.getField(field)) {
                MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
                map.put((String) pair.getKey(), values.toDomain(pair.getValue()));
            }
            return map;
        }
    }
}
