/** Hosts on this machine: each an agent with a slice of it, on the machine's own Docker Engine. */
@NullMarked
package io.staithe.capacity.provider.local;

import org.jspecify.annotations.NullMarked;
