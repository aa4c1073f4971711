/**
 * What a task sees of Staithe from inside: ECS's task metadata endpoint version 4 and the endpoint for task protection, over
 * HTTP, under an address that only the container itself is told. Knows HTTP and ECS's documents; what they are made of, its
 * {@link io.staithe.agent.endpoint.TaskEndpoint.Host} gives, which is the agent's shell.
 */
@NullMarked
package io.staithe.agent.endpoint;

import org.jspecify.annotations.NullMarked;
