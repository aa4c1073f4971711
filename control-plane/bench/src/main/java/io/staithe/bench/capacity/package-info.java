/**
 * {@code ./dev bench capacity}: what the planner's packing costs beside what no packing can fall below and what simpler ones
 * cost; then a day on which tasks come and go. {@link io.staithe.bench.capacity.CapacityBenchmark} is the entry.
 */
@NullMarked
package io.staithe.bench.capacity;

import org.jspecify.annotations.NullMarked;
