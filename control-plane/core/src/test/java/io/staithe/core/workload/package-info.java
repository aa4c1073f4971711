/**
 * What the scheduler is measured with: hosts and tasks as plain numbers, from a seed or from a recorded trace; a packing of
 * them, checked against the rules from scratch; and what is known of how few hosts could do. It knows nothing of the
 * scheduler, so that it can judge it, and others beside it.
 */
@NullMarked
package io.staithe.core.workload;

import org.jspecify.annotations.NullMarked;
