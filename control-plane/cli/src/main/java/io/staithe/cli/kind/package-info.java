/**
 * The kinds of things that {@code get}, {@code describe} and {@code delete} know: how each is listed through the API, what its
 * columns are, and by which names and abbreviations one of them is found.
 */
@NullMarked
package io.staithe.cli.kind;

import org.jspecify.annotations.NullMarked;
