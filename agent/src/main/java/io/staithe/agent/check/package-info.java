/**
 * Health checks that need nothing inside the container: over HTTP, TCP and gRPC, from this host to the container's own
 * address. Each blocks for at most its timeout. What follows from their findings, {@code agent.task} decides.
 */
@NullMarked
package io.staithe.agent.check;

import org.jspecify.annotations.NullMarked;
