package io.staithe.server.ecs;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a request, and the host that it is about, by id, ARN or name.
 *
 * @param target as the request names it
 */
record AttributeReading(String target, Attribute attribute) {
    private static final int MAX_AT_ONCE = 10;
    private static final String TYPE = "container-instance";
    /** What begins so is said by agents alone. */
    private static final String RESERVED = "ecs.";
    /** ECS: 1 to 128 letters, digits, spaces and - _ . @ / \ :, with no space at either end. */
    private static final Pattern VALUE = Pattern.compile("(?! )[a-zA-Z0-9_.@/\\\\: -]{1,128}(?<! )");

    /** @throws Invalid naming the first field that breaks a rule */
    static List<AttributeReading> toPut(List<software.amazon.awssdk.services.ecs.model.Attribute> asked) {
        return read(asked, attribute -> {
            String value = attribute.value();
            if (value != null && !VALUE.matcher(value).matches())
                throw new Invalid(
                        "value",
                        "must be 1 to 128 letters, digits, spaces and - _ . @ / \\ :, with no space at either end");
            return attribute;
        });
    }

    /** Values say nothing here: they are left out. */
    static List<AttributeReading> toDelete(List<software.amazon.awssdk.services.ecs.model.Attribute> asked) {
        return read(asked, attribute -> attribute.toBuilder().value(null).build());
    }

    static void requireContainerInstance(@Nullable String type, String field) {
        if (!TYPE.equals(type)) throw new Invalid(field, "must be " + TYPE);
    }

    private static List<AttributeReading> read(
            List<software.amazon.awssdk.services.ecs.model.Attribute> asked,
            UnaryOperator<software.amazon.awssdk.services.ecs.model.Attribute> checked) {
        Requests.batch(asked, MAX_AT_ONCE, "Attributes");
        List<AttributeReading> read = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            var attribute = asked.get(i);
            String at = "attributes[" + i + "]";
            if (attribute == null) throw new Invalid(at, "must not be null");
            read.add(Shapes.within(at, () -> read(checked.apply(attribute))));
        }
        return read;
    }

    private static AttributeReading read(software.amazon.awssdk.services.ecs.model.Attribute asked) {
        Attribute attribute =
                Shapes.reading(asked).ignoring("targetType", "targetId").as(Attribute.class);
        if (attribute.name().startsWith(RESERVED))
            throw new Invalid("name", "must not begin with " + RESERVED + ", which is the agents' own");
        String target = asked.targetId();
        if (target == null || target.isBlank()) throw new Invalid("targetId", "is required");
        if (asked.targetTypeAsString() != null || !target.startsWith("arn:"))
            requireContainerInstance(asked.targetTypeAsString(), "targetType");
        return new AttributeReading(target, attribute);
    }
}
