package io.staithe.server.apply;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field that is to become another.
 *
 * @param field such as {@code containerDefinitions[0].image}
 * @param from absent: it was not set
 * @param to absent: it is not to be set any more
 */
public record Difference(
        String field, @Nullable Object from, @Nullable Object to) {
    /** What differs between two trees that {@link Rendering} made. Lists of different lengths differ as a whole. */
    public static List<Difference> between(Map<String, Object> from, Map<String, Object> to, Set<String> ignored) {
        List<Difference> found = new ArrayList<>();
        Set<String> fields = new LinkedHashSet<>(to.keySet());
        fields.addAll(from.keySet());
        fields.removeAll(ignored);
        for (String field : fields) compare(field, from.get(field), to.get(field), found);
        return found;
    }

    private static void compare(String path, @Nullable Object from, @Nullable Object to, List<Difference> found) {
        if (Objects.equals(from, to)) return;
        if (isFields(from) && isFields(to)) {
            Map<?, ?> before = fields(from);
            Map<?, ?> after = fields(to);
            Set<Object> fields = new LinkedHashSet<>(after.keySet());
            fields.addAll(before.keySet());
            for (Object field : fields) compare(path + "." + field, before.get(field), after.get(field), found);
        } else if (from instanceof List<?> before && to instanceof List<?> after && before.size() == after.size()) {
            for (int i = 0; i < after.size(); i++) compare(path + "[" + i + "]", before.get(i), after.get(i), found);
        } else {
            found.add(new Difference(path, from, to));
        }
    }

    /** What comes or goes as a whole is told field by field, too. */
    private static boolean isFields(@Nullable Object value) {
        return value == null || value instanceof Map<?, ?>;
    }

    private static Map<?, ?> fields(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
