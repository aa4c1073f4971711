package io.staithe.server.manifest;

import java.util.List;

/**
 * What files hold.
 *
 * @param documents the sound ones, in the order written; a task definition written inside a service comes right before it
 * @param errors everything that is wrong in any file; nothing may be applied unless it is empty
 */
public record Manifests(List<ManifestDocument> documents, List<ManifestError> errors) {
    public Manifests {
        documents = List.copyOf(documents);
        errors = List.copyOf(errors);
    }
}
