/**
 * The container engine as a Docker Engine, over docker-java. {@link DockerRuntime} has the verbs; {@link CreateCommand} and
 * its parts translate a container of ECS's into Docker's words; {@link Inspection} translates back. Written against API 1.41
 * (Docker 20.10), with cgroups v1 and v2.
 */
@NullMarked
package io.staithe.agent.container.docker;

import org.jspecify.annotations.NullMarked;
