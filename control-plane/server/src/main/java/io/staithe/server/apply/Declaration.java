package io.staithe.server.apply;

import io.staithe.core.model.Entity;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Ids;
import io.staithe.server.manifest.ManifestDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How one kind of document becomes part of a draft. */
interface Declaration {
    /**
     * Who declares, and where new ids come from.
     *
     * @param declared the titles of all that is declared at once, such as {@code Cluster default}
     */
    record Context(Caller caller, Ids ids, Set<String> declared) {
        public Context {
            declared = Set.copyOf(declared);
        }

        Arns arns() {
            return Arns.of(caller);
        }
    }

    /**
     * Puts into the draft what the document asks for, unless it is there.
     *
     * @throws io.staithe.core.model.Invalid for a field that breaks a rule
     * @throws io.staithe.server.aws.ApiError for a document that cannot be, as a whole
     */
    ObjectChange declare(ManifestDocument document, Draft draft, Context context);

    static ObjectChange created(ManifestDocument document, String name, String arn) {
        return new ObjectChange(document.kind().title(), name, "create", arn, List.of(), null);
    }

    static ObjectChange unchanged(ManifestDocument document, String name, String arn) {
        return new ObjectChange(document.kind().title(), name, "unchanged", arn, List.of(), null);
    }

    /** Puts {@code asked} in the place of {@code there}, unless they are the same. */
    static <E extends Record & Entity> ObjectChange replaced(
            ManifestDocument document, String name, String arn, E there, E asked, Draft draft) {
        draft.refer(asked.key());
        if (asked.equals(there)) return unchanged(document, name, arn);
        draft.put(asked);
        return updated(document, name, arn, Rendering.of(there), Rendering.of(asked));
    }

    static ObjectChange updated(
            ManifestDocument document, String name, String arn, Map<String, Object> from, Map<String, Object> to) {
        return new ObjectChange(
                document.kind().title(),
                name,
                "update",
                arn,
                Difference.between(from, to, Set.of("createdAt", "status")),
                null);
    }
}
