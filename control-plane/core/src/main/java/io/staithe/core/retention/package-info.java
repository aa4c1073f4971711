/** What the store may forget, and when: history lives in the database. */
@NullMarked
package io.staithe.core.retention;

import org.jspecify.annotations.NullMarked;
