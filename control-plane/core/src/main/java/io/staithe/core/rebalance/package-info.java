/**
 * The mover: replaces tasks on other hosts where that makes a cluster better by more than it disturbs. It repairs the balance
 * of services between Availability Zones, and empties hosts of services that pack. A task moves only where the scheduler itself
 * would place it anew, and only if a score gets better; so every move brings it nearer to a state in which nothing moves.
 * {@code RebalancingReconciler} is the only one that writes {@code Task.relocation}; what follows is the deployment's work.
 */
@NullMarked
package io.staithe.core.rebalance;

import org.jspecify.annotations.NullMarked;
