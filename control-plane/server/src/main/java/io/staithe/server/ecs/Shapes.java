package io.staithe.server.ecs;

import io.staithe.core.model.Id;
import io.staithe.core.model.Invalid;
import io.staithe.server.aws.Newer;
import io.staithe.server.aws.NewerMembers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The one mapping between the shapes of the AWS APIs and the records of the model: by equal name, nested, in both
 * directions. A record's components bear the API's names, so that a new field is one line in the model and none here.
 */
public final class Shapes {
    private Shapes() {}

    /** Reads {@code from} into a record that has all of its fields. */
    public static <R extends Record> R read(SdkPojo from, Class<R> type) {
        return reading(from).as(type);
    }

    /** Reads each shape of a list; {@code path} is put in front of what is wrong. */
    public static <R extends Record> List<R> readList(List<? extends SdkPojo> from, Class<R> type, String path) {
        List<R> records = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            SdkPojo item = from.get(i);
            String at = path + "[" + i + "]";
            if (item == null) throw new Invalid(at, "must not be null");
            records.add(within(at, () -> read(item, type)));
        }
        return records;
    }

    /** As {@link #readList}, absent or not: for the fields of an update, where absent means unchanged. */
    public static <R extends Record> Optional<R> readOptional(@Nullable SdkPojo from, Class<R> type, String path) {
        return from == null ? Optional.empty() : Optional.of(within(path, () -> read(from, type)));
    }

    public static Reading reading(SdkPojo from) {
        return new Reading(from);
    }

    /** A copy of {@code record} in which some components are others. */
    public static <R extends Record> Copy<R> copy(R record) {
        return new Copy<>(record);
    }

    /** Runs {@code body}; what it finds invalid is seen from the object that holds it in {@code path}. */
    public static <T> T within(String path, Supplier<T> body) {
        try {
            return body.get();
        } catch (Invalid invalid) {
            throw invalid.within(path);
        }
    }

    /** A changed copy in the making. */
    public static final class Copy<R extends Record> {
        private final R from;
        private final Map<String, @Nullable Object> given = new HashMap<>();

        private Copy(R from) {
            this.from = from;
        }

        public Copy<R> with(String component, @Nullable Object value) {
            given.put(component, value);
            return this;
        }

        @SuppressWarnings("unchecked") // the shape of R's class constructs R
        public R make() {
            RecordShape shape = RecordShape.of(from.getClass());
            given.keySet().forEach(name -> shape.value(from, name));
            return (R) shape.construct(shape.components().stream()
                    .map(RecordComponent::getName)
                    .map(name -> given.containsKey(name) ? given.get(name) : shape.value(from, name))
                    .toArray());
        }
    }

    /** How a shape is read: what the caller knows better than the shape, and what it need not keep. */
    public static final class Reading {
        private final SdkPojo from;
        private final Map<String, @Nullable Object> given = new HashMap<>();
        private final Set<String> ignored = new HashSet<>();
        private @Nullable Record current;
        private Newer newer = Newer.NONE;
        private boolean partial;

        private Reading(SdkPojo from) {
            this.from = from;
        }

        /** The component has this value, whatever the shape says. */
        public Reading with(String component, @Nullable Object value) {
            given.put(component, value);
            return this;
        }

        /** These fields of the shape need no place in the record. */
        public Reading ignoring(String... fields) {
            ignored.addAll(Arrays.asList(fields));
            return this;
        }

        /** Fields of the shape that the record lacks belong elsewhere; the caller sees to them. */
        public Reading partly() {
            partial = true;
            return this;
        }

        /** The shape's members that its class does not have. */
        public Reading with(Newer members) {
            newer = members;
            return this;
        }

        /** What the shape does not set stays as it is in {@code record}: an empty list clears, an absent one does not. */
        public Reading over(Record record) {
            current = record;
            return this;
        }

        /**
         * @throws Invalid when a value breaks a rule of the record, is missing, or when a field is set that the record
         *     lacks
         */
        public <R extends Record> R as(Class<R> type) {
            Map<String, SdkField<?>> fields = SdkFields.of(from);
            RecordShape shape = RecordShape.of(type);
            if (!partial) refuseUnknown(fields, shape);
            Object[] arguments = shape.components().stream()
                    .map(component -> argument(component, fields.get(component.getName()), shape))
                    .toArray();
            return type.cast(shape.construct(arguments));
        }

        private void refuseUnknown(Map<String, SdkField<?>> fields, RecordShape shape) {
            fields.forEach((name, field) -> {
                boolean known = shape.has(name) || given.containsKey(name) || ignored.contains(name);
                if (!known && isSet(field.getValueOrDefault(from))) throw new Invalid(name, "is not supported");
            });
        }

        private @Nullable Object argument(RecordComponent component, @Nullable SdkField<?> field, RecordShape shape) {
            String name = component.getName();
            if (given.containsKey(name)) return given.get(name);
            Object value = field == null ? newer.get(name) : field.getValueOrDefault(from);
            if (current != null && isAbsent(value)) return shape.value(current, name);
            return toModel(isSet(value) ? value : null, component.getGenericType(), name, newer.within(name));
        }
    }

    /**
     * Sets every field of {@code builder} that {@code from} has a component for. Components without a field are the
     * model's own and stay here; empty lists stay absent, and the codec knows which of them ECS shows.
     *
     * @param except fields that are left as they are
     */
    public static <B extends SdkPojo> B write(Record from, B builder, String... except) {
        Set<String> left = Set.of(except);
        RecordShape shape = RecordShape.of(from.getClass());
        SdkFields.of(builder).forEach((name, field) -> {
            if (!shape.has(name) || left.contains(name)) return;
            Object value = toApi(shape.value(from, name), field, name);
            if (value != null) field.set(builder, value);
        });
        return builder;
    }

    /** What {@link #write} finds no field for in the classes of the shapes, and AWS has one for. */
    public static Newer newer(Record from, SdkPojo shape) {
        Map<String, Object> values = new HashMap<>();
        RecordShape record = RecordShape.of(from.getClass());
        for (SdkField<?> member : NewerMembers.of(shape)) {
            if (!record.has(member.memberName())) continue;
            Object value = toApi(record.value(from, member.memberName()), member, member.memberName());
            if (value != null) values.put(member.memberName(), value);
        }
        Newer all = Newer.of(values);
        for (var entry : SdkFields.of(shape).entrySet())
            if (record.has(entry.getKey()))
                all = all.and(newer(record.value(from, entry.getKey()), entry.getValue())
                        .under(entry.getKey()));
        return all;
    }

    private static Newer newer(@Nullable Object value, SdkField<?> field) {
        boolean structure = field.marshallingType().getTargetClass() == SdkPojo.class;
        if (value instanceof Record record && structure)
            return newer(record, field.constructor().get());
        if (!(value instanceof List<?> items)) return Newer.NONE;
        SdkField<?> item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        Newer all = Newer.NONE;
        for (int i = 0; i < items.size(); i++)
            all = all.and(newer(items.get(i), item).under("[" + i + "]"));
        return all;
    }

    /** Writes each record of a list into a new shape, each made from the builder that {@code from} turns it into. */
    public static <T, B extends SdkPojo & SdkBuilder<B, T>> List<T> writeList(
            Collection<? extends Record> from, Supplier<B> builders) {
        return from.stream().map(item -> write(item, builders.get()).build()).collect(Collectors.toList());
    }

    private static boolean isSet(@Nullable Object value) {
        if (isAbsent(value)) return false;
        if (value instanceof Collection<?> list) return !list.isEmpty();
        return !(value instanceof Map<?, ?> map) || !map.isEmpty();
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
    }

    private static @Nullable Object toModel(@Nullable Object value, Type type, String name, Newer newer) {
        Class<?> raw = rawClass(type);
        if (value == null) {
            if (raw.isPrimitive()) throw new Invalid(name, "is required");
            return null;
        }
        if (value instanceof List<?> list) return toModelList(list, argument(type, 0), name, newer);
        if (value instanceof Map<?, ?> map) return toModelMap(map, argument(type, 1), name);
        if (value instanceof SdkPojo pojo)
            return within(name, () -> reading(pojo).with(newer).as(raw.asSubclass(Record.class)));
        if (raw.isEnum()) return constant(raw, value.toString(), name);
        if (Id.class.isAssignableFrom(raw)) return RecordShape.readId(raw, value.toString());
        if (value instanceof String text && (raw == Integer.class || raw == int.class)) return wholeNumber(text, name);
        return value;
    }

    private static List<Object> toModelList(List<?> values, Type item, String name, Newer newer) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String at = name + "[" + i + "]";
            Object value = toModel(values.get(i), item, at, newer.element(i));
            if (value == null) throw new Invalid(at, "must not be null");
            list.add(value);
        }
        return list;
    }

    private static Map<String, Object> toModelMap(Map<?, ?> values, Type item, String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((key, raw) -> {
            Object value = toModel(raw, item, name + "." + key, Newer.NONE);
            if (value == null) throw new Invalid(name + "." + key, "must not be null");
            map.put(String.valueOf(key), value);
        });
        return map;
    }

    private static Object constant(Class<?> type, String value, String name) {
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) if (constant.toString().equals(value)) return constant;
        throw new Invalid(
                name,
                "must be one of "
                        + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")));
    }

    private static Integer wholeNumber(String text, String name) {
        if (!text.strip().matches("-?[0-9]{1,9}")) throw new Invalid(name, "must be a whole number");
        return Integer.valueOf(text.strip());
    }

    private static @Nullable Object toApi(@Nullable Object value, SdkField<?> field, String name) {
        if (value == null) return null;
        Class<?> target = field.marshallingType().getTargetClass();
        if (value instanceof Collection<?> items) {
            if (items.isEmpty()) return null;
            SdkField<?> item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            return items.stream().map(each -> toApi(each, item, name)).toList();
        }
        if (value instanceof Map<?, ?> map) return map.isEmpty() ? null : map;
        if (value instanceof Id id) return id.value();
        if (value instanceof Record record && target == SdkPojo.class)
            return ((SdkBuilder<?, ?>) write(record, field.constructor().get())).build();
        return target == String.class ? value.toString() : value;
    }

    private static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> raw) return raw;
        if (type instanceof ParameterizedType generic) return (Class<?>) generic.getRawType();
        throw new IllegalStateException("a record component of type " + type);
    }

    private static Type argument(Type type, int index) {
        if (type instanceof ParameterizedType generic) return generic.getActualTypeArguments()[index];
        throw new IllegalStateException("a list or map of unknown items: " + type);
    }

    /** Calls what has no reason to fail but the model's rules. */
    static Object invoke(Method method, @Nullable Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw rethrow(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " is not public", e);
        }
    }

    static RuntimeException rethrow(InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException cause) return cause;
        return new IllegalStateException(e.getCause());
    }
}
