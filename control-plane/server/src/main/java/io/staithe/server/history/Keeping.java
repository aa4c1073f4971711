package io.staithe.server.history;

import java.time.Duration;

/**
 * How much is kept.
 *
 * @param history how long, of what happened
 * @param maxRows at most, of each table
 * @param usage how long, of what was used
 * @param maxUsageRows of that
 */
public record Keeping(Duration history, long maxRows, Duration usage, long maxUsageRows) {}
