package io.staithe.capacity.packing;

import io.staithe.core.model.Resources;

/**
 * A host that is paid for anyway: it runs, or has been asked for.
 *
 * @param offer index of the offer that it is of, which decides what may run on it; a host that nobody sells is of an offer with
 *     limit 0
 * @param room what is left of it for tasks; no component negative
 */
public record OpenHost(int offer, Resources room) {
    public OpenHost {
        if (!Resources.NONE.fitsIn(room)) throw new IllegalArgumentException("room must not be negative: " + room);
    }
}
