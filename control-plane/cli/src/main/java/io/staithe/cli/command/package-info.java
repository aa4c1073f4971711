/** One class for each command: it reads its options, asks the API, and hands what came to {@code view}. */
@NullMarked
package io.staithe.cli.command;

import org.jspecify.annotations.NullMarked;
