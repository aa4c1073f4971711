/**
 * Where tasks may run, as far as capacity goes: how a service's tasks are split over capacity providers, and what becomes of
 * hosts that are bought. Which hosts to buy is the capacity planner's affair.
 */
@NullMarked
package io.staithe.core.capacity;

import org.jspecify.annotations.NullMarked;
