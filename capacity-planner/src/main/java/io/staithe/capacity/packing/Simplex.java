package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * A small linear program: minimise {@code cost x} where {@code A x = b} and {@code x >= 0}, by the revised primal simplex
 * method with a dense inverse of the basis (Dantzig 1953). Columns come as column generation finds them; what has been solved
 * is where the next solution starts. At first each row has a unit column: a slack, or what a missing unit costs.
 *
 * <p>The column with the least reduced cost enters. After {@link #STALLED} pivots without progress it is the first that
 * improves (Bland 1977), so that nothing runs in circles.
 */
final class Simplex {
    private static final double TOLERANCE = 1e-9;
    private static final int STALLED = 30;
    /** Pivots after which the inverse is computed afresh, as rounding errors add up. */
    private static final int FRESH = 100;

    private final int rows;
    private final double[] rhs;
    private final List<Column> columns = new ArrayList<>();
    /** By row, the column that is basic in it. */
    private final int[] basis;

    private final double[][] inverse;
    private final double[] levels;
    private int pivots;

    private static final class Column {
        final double cost;
        final int[] rows;
        final double[] values;
        boolean basic;

        Column(double cost, int[] rows, double[] values) {
            this.cost = cost;
            this.rows = rows;
            this.values = values;
        }
    }

    /**
     * @param rhs what each row amounts to, at least 0
     * @param unitCosts of each row's unit column
     */
    Simplex(double[] rhs, double[] unitCosts) {
        rows = rhs.length;
        this.rhs = rhs.clone();
        levels = rhs.clone();
        basis = new int[rows];
        inverse = new double[rows][rows];
        for (int row = 0; row < rows; row++) {
            basis[row] = add(unitCosts[row], new int[] {row}, new double[] {1});
            columns.get(row).basic = true;
            inverse[row][row] = 1;
        }
    }

    /** @return the column's number; the unit columns have the first ones */
    int add(double cost, int[] inRows, double[] values) {
        columns.add(new Column(cost, inRows, values));
        return columns.size() - 1;
    }

    /**
     * Until no column that is known improves it, or the work is spent: it stays feasible then.
     *
     * @throws ArithmeticException when it is unbounded
     */
    void solve(Work work) {
        int stalled = 0;
        while (!work.isSpent()) {
            double[] duals = duals();
            int entering = entering(duals, stalled > STALLED);
            work.spend((long) rows * rows * 2 + columns.size() * 8L);
            if (entering < 0) return;
            stalled = pivot(entering, stalled > STALLED) > TOLERANCE ? 0 : stalled + 1;
        }
    }

    /** By row, what one more unit of it would cost (dual price). */
    double[] duals() {
        double[] duals = new double[rows];
        for (int row = 0; row < rows; row++) {
            double cost = columns.get(basis[row]).cost;
            if (cost == 0) continue;
            double[] of = inverse[row];
            for (int at = 0; at < rows; at++) duals[at] += cost * of[at];
        }
        return duals;
    }

    double objective() {
        double sum = 0;
        for (int row = 0; row < rows; row++) sum += columns.get(basis[row]).cost * levels[row];
        return sum;
    }

    /** By column; most are 0. */
    double[] solution() {
        double[] solution = new double[columns.size()];
        for (int row = 0; row < rows; row++) solution[basis[row]] = Math.max(0, levels[row]);
        return solution;
    }

    /** @return -1: none improves it */
    private int entering(double[] duals, boolean first) {
        int best = -1;
        double least = -TOLERANCE;
        for (int at = 0; at < columns.size(); at++) {
            Column column = columns.get(at);
            if (column.basic) continue;
            double reduced = column.cost;
            for (int entry = 0; entry < column.rows.length; entry++)
                reduced -= duals[column.rows[entry]] * column.values[entry];
            if (reduced >= least) continue;
            if (first) return at;
            least = reduced;
            best = at;
        }
        return best;
    }

    /** @return the level of the column that has entered */
    private double pivot(int entering, boolean first) {
        Column column = columns.get(entering);
        double[] direction = new double[rows];
        for (int row = 0; row < rows; row++)
            for (int entry = 0; entry < column.rows.length; entry++)
                direction[row] += inverse[row][column.rows[entry]] * column.values[entry];
        int leaving = leaving(direction, first);
        if (leaving < 0) throw new ArithmeticException("unbounded");
        double step = Math.max(0, levels[leaving]) / direction[leaving];
        columns.get(basis[leaving]).basic = false;
        column.basic = true;
        basis[leaving] = entering;
        if (++pivots % FRESH == 0) {
            invert();
            return step;
        }
        double[] pivotRow = inverse[leaving];
        for (int at = 0; at < rows; at++) pivotRow[at] /= direction[leaving];
        for (int row = 0; row < rows; row++) {
            if (row == leaving || direction[row] == 0) continue;
            double[] changed = inverse[row];
            for (int at = 0; at < rows; at++) changed[at] -= direction[row] * pivotRow[at];
            levels[row] -= direction[row] * step;
        }
        levels[leaving] = step;
        return step;
    }

    /** The row whose basic column falls to 0 first: of several the one with the largest pivot, or the first column (Bland). */
    private int leaving(double[] direction, boolean first) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            if (direction[row] <= TOLERANCE) continue;
            double step = Math.max(0, levels[row]) / direction[row];
            boolean tie = best >= 0 && Math.abs(step - least) <= TOLERANCE;
            boolean better = tie ? (first ? basis[row] < basis[best] : direction[row] > direction[best]) : step < least;
            if (!better) continue;
            least = Math.min(least, step);
            best = row;
        }
        return best;
    }

    /** Gauss and Jordan, the largest pivot of each column first. */
    private void invert() {
        double[][] matrix = new double[rows][2 * rows];
        for (int at = 0; at < rows; at++) {
            Column column = columns.get(basis[at]);
            for (int entry = 0; entry < column.rows.length; entry++)
                matrix[column.rows[entry]][at] = column.values[entry];
            matrix[at][rows + at] = 1;
        }
        for (int at = 0; at < rows; at++) {
            int pivot = at;
            for (int row = at + 1; row < rows; row++)
                if (Math.abs(matrix[row][at]) > Math.abs(matrix[pivot][at])) pivot = row;
            double[] pivotRow = matrix[pivot];
            matrix[pivot] = matrix[at];
            matrix[at] = pivotRow;
            double by = pivotRow[at];
            for (int cell = at; cell < 2 * rows; cell++) pivotRow[cell] /= by;
            for (int row = 0; row < rows; row++) {
                double factor = matrix[row][at];
                if (row == at || factor == 0) continue;
                for (int cell = at; cell < 2 * rows; cell++) matrix[row][cell] -= factor * pivotRow[cell];
            }
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(matrix[row], rows, inverse[row], 0, rows);
            double level = 0;
            for (int at = 0; at < rows; at++) level += inverse[row][at] * rhs[at];
            levels[row] = level;
        }
    }
}
