/**
 * The nouns of Staithe as immutable records, in ECS's names. Constructors validate and throw {@link
 * io.staithe.core.model.Invalid}; nothing here knows how it is stored, sent or shown. Everybody may use them.
 */
@NullMarked
package io.staithe.core.model;

import org.jspecify.annotations.NullMarked;
