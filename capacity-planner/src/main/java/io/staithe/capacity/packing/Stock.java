package io.staithe.capacity.packing;

/** What may still be bought: of each offer, of all together, and for the money. */
final class Stock {
    private final long[] prices;
    private final int[] left;
    private int hosts;
    private long micros;

    Stock(Grid grid) {
        prices = grid.prices;
        left = new int[grid.offers()];
        for (int offer = 0; offer < left.length; offer++)
            left[offer] = grid.problem.offers().get(grid.offerOf[offer]).limit();
        hosts = grid.problem.hostLimit();
        micros = grid.problem.budgetMicrosPerHour();
    }

    private Stock(Stock other) {
        prices = other.prices;
        left = other.left.clone();
        hosts = other.hosts;
        micros = other.micros;
    }

    Stock copy() {
        return new Stock(this);
    }

    /** How many of this offer. */
    int most(int offer) {
        return (int) Math.min(Math.min(left[offer], hosts), micros / prices[offer]);
    }

    int hosts() {
        return hosts;
    }

    int left(int offer) {
        return left[offer];
    }

    long micros() {
        return micros;
    }

    /** @param copies negative: they are given back */
    void take(int offer, int copies) {
        if (left[offer] != Offer.UNLIMITED) left[offer] -= copies;
        if (hosts != Offer.UNLIMITED) hosts -= copies;
        if (micros != Long.MAX_VALUE) micros -= copies * prices[offer];
    }
}
