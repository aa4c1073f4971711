package io.staithe.capacity.packing;

import io.staithe.core.model.Resources;

/**
 * Hosts that can be bought: one type at one price.
 *
 * @param name of the type, for explanations; equal ones are told apart by their places in the list
 * @param room what tasks get of such a host: its size without what its system keeps; no component negative
 * @param microsPerHour price in millionths of a dollar, more than 0
 * @param limit how many more may be started, at least 0; {@link #UNLIMITED}: as many as one likes
 */
public record Offer(String name, Resources room, long microsPerHour, int limit) {
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public Offer {
        if (microsPerHour <= 0) throw new IllegalArgumentException(name + " has no price");
        if (limit < 0) throw new IllegalArgumentException("limit of " + name + " must not be negative: " + limit);
        if (!Resources.NONE.fitsIn(room)) throw new IllegalArgumentException("room must not be negative: " + room);
    }
}
