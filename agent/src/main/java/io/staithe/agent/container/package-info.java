/**
 * The port to the container engine: what the agent asks of it ({@link ContainerRuntime}) in ECS's nouns. Adapters: {@code
 * docker} talks to a Docker Engine, {@code fake} keeps it all in memory for the simulation; one contract test holds both to
 * the same behaviour. The port keeps no state of its own: who wants to know what is there asks {@link
 * ContainerRuntime#list()}.
 */
@NullMarked
package io.staithe.agent.container;

import org.jspecify.annotations.NullMarked;
