/**
 * Services: which tasks a deployment wants, which it has, and the next safe step from one to the other.
 */
@NullMarked
package io.staithe.core.deployment;

import org.jspecify.annotations.NullMarked;
