package io.staithe.agent.container;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An image to make available.
 *
 * @param reference {@code [registry/]name[:tag][@digest]}; without a tag, {@code latest}
 * @param deadline for the whole of it
 */
public record PullRequest(
        String reference, @Nullable RegistryCredentials credentials, PullBehavior behavior, Duration deadline) {}
