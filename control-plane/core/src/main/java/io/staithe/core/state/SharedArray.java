package io.staithe.core.state;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array. A changed copy shares all but a path of small nodes with the one that it came from, so that two
 * versions tell quickly where they differ: only nodes that they do not share are looked at. (A radix tree of 32-way nodes,
 * as the persistent vectors of Clojure and Scala are.)
 */
final class SharedArray<E> {
    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;

    @FunctionalInterface
    interface Visitor<E> {
        void differs(int index, @Nullable E before, @Nullable E after);
    }

    private static final @Nullable Object[] NO_ELEMENTS = new Object[WIDTH];

    /** Levels of nodes above the leaves. */
    private final int height;

    private final @Nullable Object[] root;

    private SharedArray(int height, @Nullable Object[] root) {
        this.height = height;
        this.root = root;
    }

    static <E> SharedArray<E> empty() {
        return new SharedArray<>(0, NO_ELEMENTS);
    }

    /** Absent where nothing was set. */
    @SuppressWarnings("unchecked")
    @Nullable
    E get(int index) {
        if (index >>> (BITS * (height + 1)) != 0) return null;
        @Nullable Object[] node = root;
        for (int level = height; level > 0; level--) {
            Object child = node[(index >>> (BITS * level)) & (WIDTH - 1)];
            if (child == null) return null;
            node = (@Nullable Object[]) child;
        }
        return (E) node[index & (WIDTH - 1)];
    }

    SharedArray<E> with(int index, @Nullable E element) {
        SharedArray<E> from = this;
        while (index >>> (BITS * (from.height + 1)) != 0) from = from.higher();
        return new SharedArray<>(from.height, set(from.root, from.height, index, element));
    }

    private SharedArray<E> higher() {
        @Nullable Object[] node = new Object[WIDTH];
        node[0] = root;
        return new SharedArray<>(height + 1, node);
    }

    private static @Nullable Object[] set(
            @Nullable Object @Nullable [] node, int level, int index, @Nullable Object element) {
        @Nullable Object[] copy = node == null ? new Object[WIDTH] : Arrays.copyOf(node, WIDTH);
        int at = (index >>> (BITS * level)) & (WIDTH - 1);
        copy[at] = level == 0 ? element : set((@Nullable Object[]) copy[at], level - 1, index, element);
        return copy;
    }

    /** Visits each index at which the two hold different objects, in ascending order. */
    void differences(SharedArray<E> after, Visitor<E> visitor) {
        SharedArray<E> low = this;
        SharedArray<E> high = after;
        while (low.height < high.height) low = low.higher();
        while (high.height < low.height) high = high.higher();
        compare(low.root, high.root, low.height, 0, visitor);
    }

    @SuppressWarnings("unchecked")
    private static <E> void compare(
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after,
            int level,
            int first,
            Visitor<E> visitor) {
        if (before == after) return;
        for (int i = 0; i < WIDTH; i++) {
            Object one = before == null ? null : before[i];
            Object other = after == null ? null : after[i];
            int index = first + (i << (BITS * level));
            if (level > 0) compare((@Nullable Object[]) one, (@Nullable Object[]) other, level - 1, index, visitor);
            else if (!Objects.equals(one, other)) visitor.differs(index, (E) one, (E) other);
        }
    }
}
