/** The shell around the capacity planner: the leader asks providers for hosts, and reports what they say. */
@NullMarked
package io.staithe.server.capacity;

import org.jspecify.annotations.NullMarked;
