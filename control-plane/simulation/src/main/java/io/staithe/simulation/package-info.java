/**
 * The whole system under virtual time: the real loops, agents and planners driven by one seeded queue, with fakes
 * only at the edges and invariant checkers after every step. It exists because the failures that matter are
 * interleavings nobody would write a test for, and because a seed that finds one must replay it. Called by tests
 * and benchmarks only.
 */
@NullMarked
package io.staithe.simulation;

import org.jspecify.annotations.NullMarked;
