/**
 * What an operator can set, under {@code staithe.*} (or {@code STAITHE_*} in the environment), and what follows from it
 * for Quarkus. Nobody else reads a configuration key.
 */
@NullMarked
package io.staithe.server.config;

import org.jspecify.annotations.NullMarked;
