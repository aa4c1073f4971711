package io.staithe.core;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Id;
import io.staithe.core.model.Invalid;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Valid model values from a seed: any record of the model, with absent, empty and full parts. The same seed gives the same
 * values. A new component is filled by its type without a change here; one with a rule of its own gets a line in {@link
 * SampleRules}. What a record's constructor refuses is drawn again.
 */
public final class Sample {
    /** The model starts to exist here. */
    public static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private static final int MAX_DRAWS = 20_000;
    private static final int MAX_LIST = 3;
    private static final String[] LETTERS = {
        "a", "b", "Z", "0", "9", "-", "_", ".", "/", ":", " x", "é", "語", "🚢", "=y"
    };

    private final SplittableRandom random;
    private final Map<String, Function<Sample, @Nullable Object>> rules = SampleRules.BY_COMPONENT;

    public Sample(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Every class of entity, in the order of their names. */
    @SuppressWarnings("unchecked")
    public static List<Class<? extends Entity>> entityTypes() {
        return Stream.of(Entity.class.getPermittedSubclasses())
                .<Class<? extends Entity>>map(type -> (Class<? extends Entity>) type)
                .toList();
    }

    /** Some entity of some kind. */
    public Entity entity() {
        return of(pick(entityTypes()));
    }

    /**
     * A value of this record class.
     *
     * @throws IllegalStateException when nothing that is drawn satisfies its constructor
     */
    public <R> R of(Class<R> type) {
        Invalid last = null;
        for (int draw = 0; draw < MAX_DRAWS; draw++) {
            try {
                return type.cast(record(type));
            } catch (Invalid refused) {
                last = refused;
            }
        }
        throw new IllegalStateException("no valid " + type.getSimpleName() + " in " + MAX_DRAWS + " draws", last);
    }

    /** 0 to {@code bound - 1}. */
    public int upTo(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    public int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    public long number() {
        return random.nextInt(4) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextLong(1000);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public <T> T pick(List<? extends T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** A name that ECS accepts: short, so that two draws meet now and then. */
    public String name() {
        return pick("web", "api", "db", "job-", "x_") + upTo(20);
    }

    /** Any text, beyond ASCII too; now and then empty. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int length = upTo(10); length > 0; length--) text.append(pick(LETTERS));
        return text.toString();
    }

    public String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < digits) hex.append(Character.forDigit(upTo(16), 16));
        return hex.toString();
    }

    public Instant instant() {
        return START.plusSeconds(upTo(10_000_000)).plusNanos(chance(0.5) ? 0 : upTo(1_000_000_000));
    }

    public <T> List<T> list(Class<T> type) {
        List<T> list = new ArrayList<>();
        for (int size = size(); size > 0; size--) list.add(of(type));
        return list;
    }

    private int size() {
        return chance(0.5) ? 0 : between(1, MAX_LIST);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = component(type, components[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Invalid refused) throw refused;
            throw new IllegalStateException(type.getSimpleName() + " refuses " + List.of(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object component(Class<?> owner, RecordComponent component) {
        if (isNullable(component.getAnnotatedType()) && chance(0.4)) return null;
        Function<Sample, @Nullable Object> rule = rules.get(owner.getSimpleName() + "." + component.getName());
        if (rule == null) rule = rules.get(component.getName());
        return rule == null ? value(component.getGenericType()) : rule.apply(this);
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType many) return many((Class<?>) many.getRawType(), many);
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) return text();
        if (plain == int.class || plain == Integer.class) return upTo(1000);
        if (plain == long.class || plain == Long.class) return number();
        if (plain == Double.class) return upTo(1000) / 10.0;
        if (plain == boolean.class || plain == Boolean.class) return chance(0.5);
        if (plain == Instant.class) return instant();
        if (plain == LocalTime.class) return LocalTime.ofSecondOfDay(chance(0.5) ? 60L * upTo(1440) : upTo(86_400));
        if (plain.isEnum()) return pick(plain.getEnumConstants());
        if (Id.class.isAssignableFrom(plain)) return id(plain);
        return of(plain);
    }

    private Object id(Class<?> type) {
        Function<Sample, @Nullable Object> rule = rules.get(type.getSimpleName());
        return rule == null ? of(type) : rule.apply(this);
    }

    private Object many(Class<?> container, ParameterizedType type) {
        Type element = type.getActualTypeArguments()[0];
        if (container == Map.class) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int size = size(); size > 0; size--) map.put(text(), value(type.getActualTypeArguments()[1]));
            return map;
        }
        List<Object> list = new ArrayList<>();
        for (int size = size(); size > 0; size--) list.add(value(element));
        return container == List.class ? list : new LinkedHashSet<>(list);
    }
}
