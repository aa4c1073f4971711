package io.staithe.agent.container;

import java.time.Instant;

/**
 * A line of a container's output.
 *
 * @param at when the engine read it
 * @param stderr whether it came on standard error
 * @param text without its line end, at most 16 KiB: longer lines come in pieces
 */
public record LogLine(Instant at, boolean stderr, String text) {}
