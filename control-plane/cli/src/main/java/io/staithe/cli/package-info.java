/**
 * The {@code staithe} command: plain Java and picocli, no framework, because it has to answer before one could start. It
 * speaks the public API and nothing else: AWS's JSON 1.1 protocol for what ECS has, {@code /staithe/v1} for the rest.
 * Here are the entry point and the surroundings of one call; {@code command} has one class for each command,
 * {@code kind} knows how each kind of thing is listed and shown, {@code api} speaks HTTP, {@code view} writes.
 */
@NullMarked
package io.staithe.cli;

import org.jspecify.annotations.NullMarked;
