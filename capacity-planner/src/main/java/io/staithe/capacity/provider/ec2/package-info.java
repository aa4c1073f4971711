/**
 * The provider {@code ec2}: instances of Amazon EC2, found again by their tags. Opened by
 * {@link io.staithe.capacity.provider.Providers} alone.
 */
@NullMarked
package io.staithe.capacity.provider.ec2;

import org.jspecify.annotations.NullMarked;
