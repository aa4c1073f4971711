/**
 * The agent's mind: which actions bring the containers of one host from what the runtime shows to what the assignment
 * asks. {@link AgentLoop} is a machine without thread, clock, I/O or chance: its owner tells it what was assigned,
 * observed and completed, and carries out the actions it returns. It is level-triggered, so every call may be repeated,
 * and it never forgets on its own: what must outlive the process is in its {@link Checkpoint}. The agent's shell and the
 * simulation drive it; nobody else does.
 */
@NullMarked
package io.staithe.agent.task;

import org.jspecify.annotations.NullMarked;
