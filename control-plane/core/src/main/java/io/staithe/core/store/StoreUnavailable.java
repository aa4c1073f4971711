package io.staithe.core.store;

import org.jspecify.annotations.Nullable;

/** The store does not answer now; trying again later may help. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
