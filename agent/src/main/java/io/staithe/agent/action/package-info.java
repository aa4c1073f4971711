/**
 * The agent's hands: carries out the actions that {@link io.staithe.agent.task.AgentLoop} asks for, each by a blocking call
 * to the container runtime, and says how it went. Called from the shell's workers and from the simulation.
 */
@NullMarked
package io.staithe.agent.action;

import org.jspecify.annotations.NullMarked;
