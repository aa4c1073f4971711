package io.staithe.server.manifest;

import io.staithe.core.model.Invalid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user declares.
 *
 * @param request the SDK's request that {@link ManifestKind} names, such as {@code CreateServiceRequest}; of a kind that AWS
 *     has no request for, the record in its place
 * @param extensions fields that Staithe has and AWS's request has not, by name: {@link ManifestKind#extensions}
 * @param source where it stands
 */
public record ManifestDocument(
        ManifestKind kind, Object request, Map<String, Object> extensions, ManifestSource source) {
    public ManifestDocument {
        extensions = Map.copyOf(extensions);
    }

    /** What it is called, such as {@code default/web}; {@code null} in place of each part that is missing. */
    public String name() {
        return Names.of(kind, request);
    }

    /** The request, as the class that its kind has. */
    public <T> T request(Class<T> type) {
        return type.cast(request);
    }

    /** A field that AWS's request has not; null: it is left out. */
    public <T> @Nullable T extension(String name, Class<T> type) {
        return type.cast(extensions.get(name));
    }

    /** A rule of the model that this document breaks, with the line of the field or of what it is missing from. */
    public ManifestError error(Invalid invalid) {
        return source.error(invalid.field(), invalid.rule());
    }
}
