/**
 * The agent's side of the one stream between it and the control plane: opens it, keeps it alive, opens it again when it
 * breaks, and turns messages into the domain's records and back. It decides nothing about tasks: what comes in goes to its
 * {@link io.staithe.agent.session.ControlPlaneLink.Owner}, the agent's shell. The only place in the agent that knows gRPC.
 */
@NullMarked
package io.staithe.agent.session;

import org.jspecify.annotations.NullMarked;
