package io.staithe.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.staithe.core.model.Id;
import io.staithe.core.model.Invalid;
import java.lang.invoke.MethodHandle;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One value, by type.
 *
 * @param toDomain throws {@link Invalid} without a field: whoever asks knows where it stood
 */
record ValueMapping(Function<Object, Object> toWire, Function<Object, Object> toDomain) {
    private static final Map<Class<?>, JavaType> PLAIN = Map.of(
            String.class, JavaType.STRING,
            int.class, JavaType.INT,
            Integer.class, JavaType.INT,
            long.class, JavaType.LONG,
            Long.class, JavaType.LONG,
            Double.class, JavaType.DOUBLE,
            boolean.class, JavaType.BOOLEAN,
            Boolean.class, JavaType.BOOLEAN);

    /** @throws IllegalStateException when the field holds something else, or the type is unknown here */
    static ValueMapping of(Class<?> type, FieldDescriptor field) {
        if (PLAIN.containsKey(type))
            return as(PLAIN.get(type), field, new ValueMapping(value -> value, value -> value));
        if (type.isEnum()) return as(JavaType.STRING, field, ofEnum(type));
        if (Id.class.isAssignableFrom(type)) return as(JavaType.STRING, field, ofId(type));
        if (type == Instant.class) return asMessage(Timestamp.getDescriptor().getFullName(), field, ofInstant());
        if (type == LocalTime.class) return as(JavaType.STRING, field, ofLocalTime());
        RecordMapping record = RecordMapping.of(type);
        return asMessage(
                record.descriptor().getFullName(),
                field,
                new ValueMapping(record::toMessage, value -> record.toRecord((Message) value)));
    }

    Object toWire(Object value) {
        return toWire.apply(value);
    }

    Object toDomain(Object value) {
        return toDomain.apply(value);
    }

    private static ValueMapping as(JavaType expected, FieldDescriptor field, ValueMapping mapping) {
        if (field.getJavaType() != expected)
            throw new IllegalStateException(field.getFullName() + " is " + field.getJavaType() + ", not " + expected);
        return mapping;
    }

    private static ValueMapping asMessage(String expected, FieldDescriptor field, ValueMapping mapping) {
        as(JavaType.MESSAGE, field, mapping);
        String actual = field.getMessageType().getFullName();
        if (!actual.equals(expected))
            throw new IllegalStateException(field.getFullName() + " is " + actual + ", not " + expected);
        return mapping;
    }

    /** By what the API calls it, which is its name unless it says otherwise. */
    private static ValueMapping ofEnum(Class<?> type) {
        Map<Object, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) constants.put(constant.toString(), constant);
        return new ValueMapping(Object::toString, text -> {
            Object constant = constants.get(text);
            if (constant == null) throw new Invalid("", "must be one of " + String.join(", ", names(constants)));
            return constant;
        });
    }

    private static Iterable<String> names(Map<Object, Object> constants) {
        return constants.keySet().stream().map(Object::toString).toList();
    }

    private static ValueMapping ofId(Class<?> type) {
        MethodHandle of;
        try {
            of = Handles.function(type.getMethod("of", String.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no static of(String)", e);
        }
        return new ValueMapping(id -> ((Id) id).value(), text -> {
            try {
                return Objects.requireNonNull(Handles.call(of, text));
            } catch (Invalid invalid) {
                throw new Invalid("", invalid.rule());
            }
        });
    }

    /** {@code 22:00}, with seconds where there are any. */
    private static ValueMapping ofLocalTime() {
        return new ValueMapping(Object::toString, text -> {
            try {
                return LocalTime.parse((String) text);
            } catch (DateTimeException e) {
                throw new Invalid("", "must be a time of day such as 22:00");
            }
        });
    }

    private static ValueMapping ofInstant() {
        return new ValueMapping(
                value -> {
                    Instant instant = (Instant) value;
                    return Timestamp.newBuilder()
                            .setSeconds(instant.getEpochSecond())
                            .setNanos(instant.getNano())
                            .build();
                },
                value -> {
                    Timestamp timestamp = (Timestamp) value;
                    try {
                        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
                    } catch (DateTimeException | ArithmeticException e) {
                        throw new Invalid("", "must be a time");
                    }
                });
    }
}
