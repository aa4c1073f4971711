/**
 * Which hosts to buy for the tasks of a cluster that find no place, and which to give back. A pure function of a snapshot: it
 * asks core's scheduler, with hosts that are only thought of.
 */
@NullMarked
package io.staithe.capacity.planner;

import org.jspecify.annotations.NullMarked;
