package io.staithe.server.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One AWS service as clients address it, and the operations of it that are served.
 *
 * @param service the service's name in a signature's scope, such as {@code ecs}
 * @param address JSON: what {@code X-Amz-Target} starts with; query: the XML namespace of answers; REST: empty
 * @param routes REST: where the operations are
 */
public record Api(
        String service, Wire wire, String address, Map<String, Operation<?, ?>> operations, List<RestRoute> routes) {
    /** How requests and answers are written. */
    public enum Wire {
        /** {@code X-Amz-Target}, JSON both ways. */
        JSON,
        /** {@code Action} in a form, XML back. */
        QUERY,
        /** Method and path, JSON both ways. */
        REST
    }

    public static Api json(String service, String target, List<? extends Operation<?, ?>> operations) {
        return new Api(service, Wire.JSON, target, byName(operations), List.of());
    }

    public static Api query(String service, String namespace, List<? extends Operation<?, ?>> operations) {
        return new Api(service, Wire.QUERY, namespace, byName(operations), List.of());
    }

    public static Api rest(String service, List<RestRoute> routes) {
        List<? extends Operation<?, ?>> operations =
                routes.stream().map(RestRoute::operation).toList();
        return new Api(service, Wire.REST, "", byName(operations), routes);
    }

    public @Nullable Operation<?, ?> operation(String name) {
        return operations.get(name);
    }

    private static Map<String, Operation<?, ?>> byName(List<? extends Operation<?, ?>> operations) {
        Map<String, Operation<?, ?>> named = new LinkedHashMap<>();
        for (Operation<?, ?> operation : operations)
            if (named.put(operation.name(), operation) != null)
                throw new IllegalArgumentException(operation.name() + " is registered twice");
        return Map.copyOf(named);
    }
}
