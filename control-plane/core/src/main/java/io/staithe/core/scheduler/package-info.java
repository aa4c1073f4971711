/**
 * Where tasks run: pure decisions on a snapshot. Rules say no, with a reason each; strategies prefer among the hosts that
 * are left. {@code Rules} and {@code Strategies} hold the ordered lists.
 */
@NullMarked
package io.staithe.core.scheduler;

import org.jspecify.annotations.NullMarked;
