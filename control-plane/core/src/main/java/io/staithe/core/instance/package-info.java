/** Hosts that come, go out of reach, are lost and return. */
@NullMarked
package io.staithe.core.instance;

import org.jspecify.annotations.NullMarked;
