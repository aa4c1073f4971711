/**
 * Decides which hosts to start and which to stop, from the tasks that found no place and the hosts that are not
 * worth their cost; and carries the decision out through the InstanceProvider port. The decision is a pure
 * function of a snapshot, so that it can be explained, simulated and asked what-if. Called by the server's loop
 * and the simulation; it knows nothing of load balancers.
 */
@NullMarked
package io.staithe.capacity;

import org.jspecify.annotations.NullMarked;
