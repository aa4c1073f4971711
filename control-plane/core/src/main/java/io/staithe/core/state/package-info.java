/** The immutable snapshot that planners read, and the plans that they return. */
@NullMarked
package io.staithe.core.state;

import org.jspecify.annotations.NullMarked;
