/**
 * Who leads, and the thread that runs the core's control loop while this process does: events in, plans out, commits
 * fenced by the leader's key.
 */
@NullMarked
package io.staithe.server.control;

import org.jspecify.annotations.NullMarked;
