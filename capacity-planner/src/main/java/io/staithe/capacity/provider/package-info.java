/**
 * Where hosts come from: the port {@link io.staithe.capacity.provider.InstanceProvider}, and the driver that makes what providers
 * have match what the store wants.
 */
@NullMarked
package io.staithe.capacity.provider;

import org.jspecify.annotations.NullMarked;
