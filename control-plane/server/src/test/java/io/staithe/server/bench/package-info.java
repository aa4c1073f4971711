/**
 * The benchmarks of {@code ./dev bench}: a whole installation, as {@code ./dev up} starts it, on a Docker Engine and in a
 * network of their own, against what else does the same job on the same engine. A figure is a median over rounds, with a
 * ratio to a peer that was measured in the same run, in turns: a ratio survives a busy machine. Not tests: nothing here
 * fails because it is slow.
 */
@NullMarked
package io.staithe.server.bench;

import org.jspecify.annotations.NullMarked;
