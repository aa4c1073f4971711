package io.staithe.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Method handles of one generic shape each. What the called code throws comes through as it is. */
final class Handles {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private Handles() {}

    /** {@code Object construct(Object[])}. */
    static MethodHandle constructor(Constructor<?> constructor) {
        try {
            MethodHandle handle = LOOKUP.unreflectConstructor(constructor);
            return handle.asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(constructor + " is not public", e);
        }
    }

    /** {@code Object call(Object)}: a getter's receiver, or a static method's argument. */
    static MethodHandle function(Method method) {
        try {
            return LOOKUP.unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " is not public", e);
        }
    }

    static Object construct(MethodHandle constructor, @Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static @Nullable Object call(MethodHandle function, Object argument) {
        try {
            return (Object) function.invokeExact(argument);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof RuntimeException runtime) return runtime;
        if (e instanceof Error error) throw error;
        return new IllegalStateException(e);
    }
}
