package io.staithe.capacity.packing;

/** How much may still be done, in elementary steps: pure code has no clock. A core does a few 10^8 of them in a second. */
final class Work {
    private long left;

    Work(long steps) {
        left = steps;
    }

    void spend(long steps) {
        left -= steps;
    }

    boolean isSpent() {
        return left <= 0;
    }

    long left() {
        return Math.max(0, left);
    }
}
