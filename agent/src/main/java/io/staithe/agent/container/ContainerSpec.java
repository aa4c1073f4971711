package io.staithe.agent.container;

import io.staithe.core.model.ContainerDefinition;

/**
 * A container to create.
 *
 * @param container the definition as it is to run: overrides applied; environment files and secrets looked up and put into
 *     {@code environment}; the log driver's secret options put into its options
 */
public record ContainerSpec(TaskSpec task, ContainerDefinition container) {}
