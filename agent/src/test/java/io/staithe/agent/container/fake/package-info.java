/**
 * A container engine in memory, for the simulation and for tests of the agent: no thread, no clock, faults on demand. {@link
 * FakeEngine} is the daemon with everything that outlives an agent; {@link FakeRuntime} is one agent's view of it.
 */
@NullMarked
package io.staithe.agent.container.fake;

import org.jspecify.annotations.NullMarked;
