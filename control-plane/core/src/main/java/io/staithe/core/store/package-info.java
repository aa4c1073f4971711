/** What a store of Staithe's state promises, and the store in memory that is its executable specification. */
@NullMarked
package io.staithe.core.store;

import org.jspecify.annotations.NullMarked;
