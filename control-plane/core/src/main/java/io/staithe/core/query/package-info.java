/**
 * ECS's cluster query language: which hosts an expression such as {@code attribute:disk == ssd and not(task:group ==
 * database)} selects. {@link io.staithe.core.query.Expression#parse} reads a text once; what it returns is immutable, and
 * judging a host by it is pure and bounded. Whoever places tasks or lists hosts may ask; {@code docs/query-language.md} is
 * the grammar for users.
 */
@NullMarked
package io.staithe.core.query;

import org.jspecify.annotations.NullMarked;
