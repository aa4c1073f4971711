/**
 * How tasks, hosts and deployments move through their lives: one transition table each, in ECS's states, and the
 * reconciler that moves tasks by what their hosts and their targets report.
 */
@NullMarked
package io.staithe.core.lifecycle;

import org.jspecify.annotations.NullMarked;
