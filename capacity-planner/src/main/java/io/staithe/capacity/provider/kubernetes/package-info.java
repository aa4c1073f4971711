/**
 * The provider {@code kubernetes}: hosts as pods of a Kubernetes cluster, each an agent with a Docker Engine of its own. Opened by
 * {@link io.staithe.capacity.provider.Providers} alone.
 */
@NullMarked
package io.staithe.capacity.provider.kubernetes;

import org.jspecify.annotations.NullMarked;
