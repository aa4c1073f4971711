package io.staithe.server.ecs;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reflection knows of a record class, looked up once. */
public final class RecordShape {
    private static final ClassValue<RecordShape> KNOWN = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private static final ClassValue<Method> ID_READERS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
            try {
                return type.getMethod("of", String.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + " has no of(String)", e);
            }
        }
    };

    private final List<RecordComponent> components;
    private final Map<String, Method> accessors = new HashMap<>();
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type) {
        components = List.of(type.getRecordComponents());
        for (RecordComponent component : components) accessors.put(component.getName(), component.getAccessor());
        try {
            constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    public static RecordShape of(Class<?> type) {
        return KNOWN.get(type);
    }

    static Object readId(Class<?> type, String value) {
        return Shapes.invoke(ID_READERS.get(type), null, value);
    }

    public List<RecordComponent> components() {
        return components;
    }

    boolean has(String component) {
        return accessors.containsKey(component);
    }

    @Nullable
    Object value(Record from, String component) {
        Method accessor = accessors.get(component);
        if (accessor == null) throw new IllegalStateException(from.getClass() + " has no " + component);
        return Shapes.invoke(accessor, from);
    }

    /** @throws io.staithe.core.model.Invalid when a value breaks a rule of the record */
    public Object construct(@Nullable Object[] arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw Shapes.rethrow(e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(constructor + " is not public", e);
        }
    }
}
