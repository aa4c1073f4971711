/**
 * Which hosts to buy for a demand so that they cost least: a cutting stock problem with several resources and several stock
 * lengths. {@link io.staithe.capacity.packing.Packer} is the entry, a pure function of a {@link
 * io.staithe.capacity.packing.PackingProblem} and of a budget of work in elementary steps, so that the same question has the
 * same answer on every machine. Who asks decides beforehand, with the real scheduler, which classes of tasks each offer would
 * take; here only amounts and prices count.
 */
@NullMarked
package io.staithe.capacity.packing;

import org.jspecify.annotations.NullMarked;
