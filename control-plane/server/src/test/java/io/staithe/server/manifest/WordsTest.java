package io.staithe.server.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** The table of words against the SDK: its getters know which fields of text are enumerations. */
final class WordsTest {
    /** Where Staithe takes more than the SDK has words for. */
    private static final Set<String> OPEN = Set.of("ResourceRequirement.type");

    private final Set<Class<?>> seen = new HashSet<>();
    private final List<DynamicTest> tests = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> everyEnumerationOfEveryKindIsInTheTable() {
        for (ManifestKind kind : ManifestKind.values()) kind.newRequest().ifPresent(this::shape);
        assertTrue(tests.size() > 200, "reached only " + tests.size() + " fields");
        return tests.stream();
    }

    private void shape(SdkPojo builder) {
        Class<?> shape = ((Buildable) builder).build().getClass();
        if (!seen.add(shape)) return;
        for (SdkField<?> field : builder.sdkFields()) {
            tests.add(DynamicTest.dynamicTest(
                    shape.getSimpleName() + "." + field.locationName(),
                    () -> assertEquals(expected(shape, field), Words.of(builder, field))));
            inside(field);
        }
    }

    private void inside(SdkField<?> field) {
        switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> shape(field.constructor().get());
            case LIST -> inside(field.getTrait(ListTrait.class).memberFieldInfo());
            case MAP -> inside(field.getTrait(MapTrait.class).valueFieldInfo());
            case STRING, INTEGER, LONG, DOUBLE, BOOLEAN, INSTANT, DOCUMENT -> {}
            default -> throw new AssertionError("the shaper reads no " + field.marshallingType());
        }
    }

    private static Set<String> expected(Class<?> shape, SdkField<?> field) throws ReflectiveOperationException {
        boolean open = OPEN.contains(shape.getSimpleName() + "." + field.locationName());
        return open ? Set.of() : enumeration(shape, field);
    }

    /** An enumeration has a second getter, {@code xAsString} or {@code xAsStrings}. */
    private static Set<String> enumeration(Class<?> shape, SdkField<?> field) throws ReflectiveOperationException {
        for (Method getter : shape.getMethods()) {
            String name = getter.getName().replaceFirst("AsStrings?$", "");
            if (name.equals(getter.getName()) || !name.equalsIgnoreCase(field.memberName())) continue;
            Type type = shape.getMethod(name).getGenericReturnType();
            if (type instanceof ParameterizedType list) type = list.getActualTypeArguments()[0];
            return Arrays.stream(((Class<?>) type).getEnumConstants())
                    .filter(word -> !((Enum<?>) word).name().equals("UNKNOWN_TO_SDK_VERSION"))
                    .map(Object::toString)
                    .collect(Collectors.toSet());
        }
        return Set.of();
    }
}
