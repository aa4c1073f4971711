package io.staithe.server.apply;

import io.staithe.server.manifest.ManifestError;
import java.util.List;

/** Files that cannot be applied as they are: everything that is wrong with them. Nothing was written. */
public final class ManifestsRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ManifestError> errors;

    public ManifestsRefused(List<ManifestError> errors) {
        super(errors.isEmpty() ? "refused" : errors.get(0).message(), null, false, false);
        this.errors = List.copyOf(errors);
    }

    /** At least one, in the order of the files. */
    public List<ManifestError> errors() {
        return errors;
    }
}
