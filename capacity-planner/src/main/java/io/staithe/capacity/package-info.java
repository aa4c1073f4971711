/**
 * The place of the capacity planner: which hosts to start and which to stop, from the tasks that found no place and the
 * hosts that are not worth their cost, and the InstanceProvider port that carries it out. Nothing is built yet; hosts are
 * brought by their users. What comes here stays a pure function of a snapshot, asks core's scheduler with hypothetical
 * hosts, and knows nothing of load balancers.
 */
@NullMarked
package io.staithe.capacity;

import org.jspecify.annotations.NullMarked;
