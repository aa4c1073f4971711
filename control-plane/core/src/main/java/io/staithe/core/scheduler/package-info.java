/**
 * Where tasks run: pure decisions on a snapshot. Rules say no, with a reason each; strategies prefer among the hosts that
 * are left. {@code Rules} lists the rules, {@code Ranking} reads the strategies; {@code Fleet} keeps the hosts in flat arrays and
 * orders, in which {@code Search} finds the best host without a scan.
 */
@NullMarked
package io.staithe.core.scheduler;

import org.jspecify.annotations.NullMarked;
