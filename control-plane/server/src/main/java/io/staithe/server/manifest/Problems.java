package io.staithe.server.manifest;

import java.util.ArrayList;
import java.util.List;

/** Collects errors, up to a number that a human could still read. */
final class Problems {
    private static final int MAX_ERRORS = 1000;

    private final List<ManifestError> errors = new ArrayList<>();

    void add(ManifestError error) {
        if (errors.size() < MAX_ERRORS) errors.add(error);
        else if (errors.size() == MAX_ERRORS)
            errors.add(new ManifestError(error.file(), 0, 0, "", "has further errors, which are not listed"));
    }

    int count() {
        return errors.size();
    }

    boolean full() {
        return errors.size() > MAX_ERRORS;
    }

    List<ManifestError> list() {
        return errors;
    }
}
