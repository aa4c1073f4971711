/**
 * {@code ./dev bench scheduler}: Staithe's scheduler, Netflix Fenzo and a bare scan of arrays on the same tasks and hosts, on one
 * core, under JMH. {@link io.staithe.bench.SchedulerBenchmark} is the entry; a scheduler joins as a {@link
 * io.staithe.bench.Contender}.
 */
@NullMarked
package io.staithe.bench;

import org.jspecify.annotations.NullMarked;
