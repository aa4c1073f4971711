package io.staithe.agent.container;

/**
 * What the engine says about itself and its host.
 *
 * @param architecture {@code X86_64} or {@code ARM64}, as ECS writes it; otherwise as the engine says
 * @param memoryMib all of the host's
 */
public record RuntimeInfo(String version, int cpus, long memoryMib, String architecture, String operatingSystem) {}
