/**
 * The gateway between the store and the agents, without thread, I/O or clock: who is connected, what they report, what
 * they are sent. The server puts gRPC under it, the simulation a faulty network.
 */
@NullMarked
package io.staithe.core.gateway;

import org.jspecify.annotations.NullMarked;
