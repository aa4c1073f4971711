/**
 * What one host is asked to do, derived from the state: the tasks to run and, on an edge host, the traffic to carry.
 * The gateway sends it to the agent as differences; the agent keeps it on disk and needs nothing else to go on.
 */
@NullMarked
package io.staithe.core.assignment;

import org.jspecify.annotations.NullMarked;
