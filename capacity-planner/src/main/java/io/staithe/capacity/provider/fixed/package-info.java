/**
 * The provider {@code static}: machines from a list, woken and released by commands of whoever runs the control plane. Opened by
 * {@link io.staithe.capacity.provider.Providers} alone.
 */
@NullMarked
package io.staithe.capacity.provider.fixed;

import org.jspecify.annotations.NullMarked;
