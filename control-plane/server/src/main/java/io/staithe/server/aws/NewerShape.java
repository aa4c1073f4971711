package io.staithe.server.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** A structure that the SDK has no class for: its fields as {@link NewerMembers} lists them, its values in a map. */
public final class NewerShape implements SdkPojo, SdkBuilder<NewerShape, NewerShape> {
    private final String name;
    private final List<SdkField<?>> fields;
    private final Map<String, Object> values = new TreeMap<>();

    /** @param name as AWS's model calls it */
    NewerShape(String name, List<SdkField<?>> fields) {
        this.name = name;
        this.fields = fields;
    }

    String name() {
        return name;
    }

    @Nullable
    Object get(String field) {
        return values.get(field);
    }

    void set(String field, @Nullable Object value) {
        if (value == null) values.remove(field);
        else values.put(field, value);
    }

    @Override
    public NewerShape build() {
        return this;
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        return fields;
    }

    @Override
    public Map<String, SdkField<?>> sdkFieldNameToField() {
        return fields.stream().collect(Collectors.toUnmodifiableMap(SdkField::locationName, Function.identity()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewerShape shape && shape.name.equals(name) && shape.values.equals(values);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + values.hashCode();
    }

    @Override
    public String toString() {
        return name + values;
    }
}
