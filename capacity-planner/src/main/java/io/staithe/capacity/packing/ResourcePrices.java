package io.staithe.capacity.packing;

import java.util.Arrays;

/**
 * What a unit of each resource costs at least: the dual prices of buying hosts by the fraction, with no task too large for what
 * is left of one. A task's value at these prices never exceeds what it costs in any packing, so their sum is a lower bound, if
 * a coarse one.
 */
final class ResourcePrices {
    private ResourcePrices() {}

    /**
     * By class, the value of one task in dollars an hour.
     *
     * @param tasks by class, what is to be packed
     */
    static double[] ofTasks(Grid grid, int[] tasks) {
        int resources = grid.resources.size();
        long[] total = grid.needsOf(tasks);
        double[] scale = new double[resources];
        double[] rhs = new double[resources];
        double[] dear = new double[resources];
        for (int resource = 0; resource < resources; resource++) {
            scale[resource] = Math.max(1, total[resource]);
            rhs[resource] = total[resource] / scale[resource];
        }
        Arrays.fill(dear, 1e3 * Math.max(1, dearest(grid, scale)));
        Simplex simplex = new Simplex(rhs, dear);
        int[] rows = new int[resources];
        for (int resource = 0; resource < resources; resource++) {
            rows[resource] = resource;
            simplex.add(0, new int[] {resource}, new double[] {-1});
        }
        for (int offer = 0; offer < grid.offers(); offer++) {
            double[] room = new double[resources];
            for (int resource = 0; resource < resources; resource++)
                room[resource] = grid.rooms[offer][resource] / scale[resource];
            simplex.add(Master.dollars(grid.prices[offer]), rows, room);
        }
        simplex.solve(new Work(Long.MAX_VALUE));
        double[] duals = simplex.duals();
        double[] values = new double[grid.classes()];
        for (int taskClass = 0; taskClass < values.length; taskClass++)
            for (int resource = 0; resource < resources; resource++)
                values[taskClass] += duals[resource] / scale[resource] * grid.needs[taskClass][resource];
        return values;
    }

    /** What all would cost on the offer that suits it least. */
    private static double dearest(Grid grid, double[] total) {
        double dearest = 0;
        for (int offer = 0; offer < grid.offers(); offer++)
            for (int resource = 0; resource < total.length; resource++)
                if (grid.rooms[offer][resource] > 0)
                    dearest = Math.max(
                            dearest,
                            Master.dollars(grid.prices[offer]) * total[resource] / grid.rooms[offer][resource]);
        return dearest;
    }
}
