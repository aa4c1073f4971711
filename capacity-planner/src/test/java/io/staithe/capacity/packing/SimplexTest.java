package io.staithe.capacity.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SimplexTest {
    private static final Work ENOUGH = new Work(Long.MAX_VALUE);

    /** Hillier and Lieberman's glass factory: 3x + 5y, at most 4, 12 and 18 hours in three plants; at best 36. */
    @Test
    void findsTheBestUseOfLimitedRows() {
        Simplex simplex = new Simplex(new double[] {4, 12, 18}, new double[3]);
        int x = simplex.add(-3, new int[] {0, 2}, new double[] {1, 3});
        int y = simplex.add(-5, new int[] {1, 2}, new double[] {2, 2});
        simplex.solve(ENOUGH);
        assertEquals(-36, simplex.objective(), 1e-9);
        assertEquals(2, simplex.solution()[x], 1e-9);
        assertEquals(6, simplex.solution()[y], 1e-9);
        assertArrayEquals(new double[] {0, -1.5, -1}, simplex.duals(), 1e-9);
    }

    /** Stigler's kind of diet: two needs of 8 and 6, foods that give (2, 1) for 3 and (1, 3) for 4. */
    @Test
    void coversNeedsAtLeastCost() {
        Simplex simplex = new Simplex(new double[] {8, 6}, new double[] {100, 100});
        for (int row = 0; row < 2; row++) simplex.add(0, new int[] {row}, new double[] {-1});
        int first = simplex.add(3, new int[] {0, 1}, new double[] {2, 1});
        int second = simplex.add(4, new int[] {0, 1}, new double[] {1, 3});
        simplex.solve(ENOUGH);
        assertEquals(3.6, simplex.solution()[first], 1e-9);
        assertEquals(0.8, simplex.solution()[second], 1e-9);
        assertEquals(14, simplex.objective(), 1e-9);
        assertArrayEquals(new double[] {1, 1}, simplex.duals(), 1e-9);
    }

    @Test
    void goesOnFromWhereItWasWhenAColumnComes() {
        Simplex simplex = new Simplex(new double[] {10}, new double[] {7});
        simplex.solve(ENOUGH);
        assertEquals(70, simplex.objective(), 1e-9);
        simplex.add(5, new int[] {0}, new double[] {2});
        simplex.solve(ENOUGH);
        assertEquals(25, simplex.objective(), 1e-9);
        assertArrayEquals(new double[] {2.5}, simplex.duals(), 1e-9);
    }

    /** Beale's example (1955), on which the rule of the least reduced cost runs in circles. */
    @Test
    void doesNotRunInCircles() {
        Simplex simplex = new Simplex(new double[] {0, 0, 1}, new double[3]);
        simplex.add(-0.75, new int[] {0, 1}, new double[] {0.25, 0.5});
        simplex.add(150, new int[] {0, 1}, new double[] {-60, -90});
        simplex.add(-0.02, new int[] {0, 1, 2}, new double[] {-0.04, -0.02, 1});
        simplex.add(6, new int[] {0, 1}, new double[] {9, 3});
        simplex.solve(ENOUGH);
        assertEquals(-0.05, simplex.objective(), 1e-9);
    }

    @Test
    void saysWhenNothingBoundsIt() {
        Simplex simplex = new Simplex(new double[] {1}, new double[] {0});
        simplex.add(-1, new int[] {0}, new double[] {-1});
        assertThrows(ArithmeticException.class, () -> simplex.solve(ENOUGH));
    }

    /** So many pivots that the inverse is computed afresh: an assignment of 150 to 150 whose best is its diagonal. */
    @Test
    void staysExactOverManyPivots() {
        int size = 150;
        double[] ones = new double[2 * size];
        double[] dear = new double[2 * size];
        java.util.Arrays.fill(ones, 1);
        java.util.Arrays.fill(dear, 1000);
        Simplex simplex = new Simplex(ones, dear);
        for (int one = 0; one < size; one++)
            for (int other = 0; other < size; other++)
                simplex.add(
                        one == other ? 1 : 2 + Math.floorMod(one * 31 + other * 17, 23),
                        new int[] {one, size + other},
                        new double[] {1, 1});
        simplex.solve(ENOUGH);
        assertEquals(size, simplex.objective(), 1e-6);
    }
}
