package io.staithe.core.model;

/**
 * How the agent authenticates to a private registry.
 *
 * @param credentialsParameter the name of an entry of the host's registry credentials file
 */
public record RepositoryCredentials(String credentialsParameter) {
    public RepositoryCredentials {
        Check.text(credentialsParameter, "credentialsParameter", 2048);
    }
}
