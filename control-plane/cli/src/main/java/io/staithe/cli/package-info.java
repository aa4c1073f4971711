/**
 * The staithe command: reads files and flags, calls the public API and prints what it answers. It holds no rule
 * of the system, so that whatever it can do any other client of the API can do too. Run by people and scripts; no
 * other module may depend on it.
 */
@NullMarked
package io.staithe.cli;

import org.jspecify.annotations.NullMarked;
