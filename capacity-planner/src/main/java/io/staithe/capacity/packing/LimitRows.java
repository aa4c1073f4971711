package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.List;

/** The rows of the {@link Master} for limits that can be reached: of single offers, of all hosts, of what they cost. */
final class LimitRows {
    private static final int HOSTS = -1;
    private static final int BUDGET = -2;

    private final Grid grid;
    private final Stock stock;
    private final int first;
    /** By row: an offer, or one of the two. */
    private final List<Integer> what = new ArrayList<>();

    /**
     * @param first the row that theirs begin at
     * @param tasks never more hosts than that are needed
     */
    LimitRows(Grid grid, Stock stock, int first, int tasks) {
        this.grid = grid;
        this.stock = stock;
        this.first = first;
        long dearest = 0;
        for (int offer = 0; offer < grid.offers(); offer++) {
            if (stock.left(offer) < tasks) what.add(offer);
            dearest = Math.max(dearest, grid.prices[offer]);
        }
        if (stock.hosts() < tasks) what.add(HOSTS);
        if (stock.micros() / Math.max(1, tasks) < dearest) what.add(BUDGET);
    }

    int rows() {
        return what.size();
    }

    void fill(double[] rhs) {
        for (int row = 0; row < what.size(); row++) rhs[first + row] = limit(what.get(row));
    }

    /** The rows that a host of the offer counts in. */
    int[] rowsOf(int offer) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < what.size(); row++)
            if (what.get(row) < 0 || what.get(row) == offer) rows.add(first + row);
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    double value(int row, int offer) {
        return what.get(row - first) == BUDGET ? Master.dollars(grid.prices[offer]) : 1;
    }

    /** What a pattern of the offer must be worth to improve the program; never less than the host costs. */
    double price(int offer, double[] duals) {
        double price = Master.dollars(grid.prices[offer]);
        for (int row : rowsOf(offer)) price += Math.max(0, -duals[row]) * value(row, offer);
        return price;
    }

    /** What the limits save at these prices: this much a bound loses. */
    double cost(double[] duals) {
        double cost = 0;
        for (int row = 0; row < what.size(); row++) cost += Math.max(0, -duals[first + row]) * limit(what.get(row));
        return cost;
    }

    private double limit(int of) {
        return switch (of) {
            case HOSTS -> stock.hosts();
            case BUDGET -> Master.dollars(stock.micros());
            default -> stock.left(of);
        };
    }
}
