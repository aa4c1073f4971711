package io.staithe.server.aws;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/**
 * The values of {@link NewerMembers} that belong to one shape and to what is in it. A request carries them among its
 * attributes, which its builder copies; an {@link Answer} has them beside its response.
 *
 * @param values by where they stand, such as {@code lifecycleHooks[0].targetType}
 */
public record Newer(SortedMap<String, Object> values) {
    public static final Newer NONE = new Newer(new TreeMap<>());

    private static final ExecutionAttribute<Newer> ATTRIBUTE = new ExecutionAttribute<>("io.staithe.newer-members");

    public Newer {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Newer of(Map<String, Object> values) {
        return values.isEmpty() ? NONE : new Newer(new TreeMap<>(values));
    }

    /** What was read with a request. */
    public static Newer of(AwsRequest request) {
        return request.overrideConfiguration()
                .map(with -> with.executionAttributes().getAttribute(ATTRIBUTE))
                .orElse(NONE);
    }

    /** Puts them into the request that is being built. */
    public void into(SdkPojo builder) {
        if (values.isEmpty()) return;
        ((AwsRequest.Builder) builder)
                .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                        .putExecutionAttribute(ATTRIBUTE, this)
                        .build());
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** A member of the shape itself; null: it has none of that name. */
    public @Nullable Object get(String member) {
        return values.get(member);
    }

    /** Those of a member of the shape, or, by an index in brackets, of an element of the list. */
    public Newer within(String step) {
        if (values.isEmpty()) return NONE;
        Map<String, Object> inner = new TreeMap<>();
        values.tailMap(step).forEach((path, value) -> {
            if (!path.startsWith(step) || path.length() == step.length()) return;
            char next = path.charAt(step.length());
            if (next == '.') inner.put(path.substring(step.length() + 1), value);
            else if (next == '[') inner.put(path.substring(step.length()), value);
        });
        return of(inner);
    }

    public Newer element(int index) {
        return within("[" + index + "]");
    }

    /** The same, as seen from the shape that has this one as its member {@code path}. */
    public Newer under(String path) {
        Map<String, Object> outer = new TreeMap<>();
        values.forEach((inner, value) -> outer.put(path + (inner.startsWith("[") ? "" : ".") + inner, value));
        return of(outer);
    }

    public Newer and(Newer others) {
        Map<String, Object> both = new TreeMap<>(values);
        both.putAll(others.values);
        return of(both);
    }
}
