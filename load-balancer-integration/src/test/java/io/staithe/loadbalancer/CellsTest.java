package io.staithe.loadbalancer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellsTest {
    @Test
    void onlyWantedCellsAreReadAndStayAtTheirPlace() {
        assertEquals(List.of("a", "", "c"), Cells.of("a,b,c,d", ',', wanted(0, 2)));
        assertEquals(List.of("", "", ""), Cells.of(",,,", ',', wanted(1, 2)));
    }

    @Test
    void aShorterLineHasFewerCells() {
        assertEquals(List.of("a"), Cells.of("a", ' ', wanted(0, 5)));
        assertEquals(List.of("a", ""), Cells.of("a ", ' ', wanted(0, 5)));
    }

    @Test
    void aSeparatorWithinQuotesIsText() {
        assertEquals(List.of("", "b,\"c\"", "d"), Cells.of("\"a,\",\"b,\"\"c\"\"\",d,e", ',', wanted(1, 2)));
    }

    private static BitSet wanted(int... columns) {
        BitSet wanted = new BitSet();
        for (int column : columns) wanted.set(column);
        return wanted;
    }
}
