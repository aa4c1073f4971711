/**
 * The agent's data folder: who this host is, and what it must know again after its own end. Opened once by the agent's
 * main method; the lock keeps a second agent out. Nothing in it is ever half written.
 */
@NullMarked
package io.staithe.agent.disk;

import org.jspecify.annotations.NullMarked;
