/**
 * The capacity planner: {@link io.staithe.capacity.planner} decides which hosts to start and which to stop, {@link
 * io.staithe.capacity.packing} how to buy them cheapest, and {@link io.staithe.capacity.provider} carries it out.
 */
@NullMarked
package io.staithe.capacity;

import org.jspecify.annotations.NullMarked;
