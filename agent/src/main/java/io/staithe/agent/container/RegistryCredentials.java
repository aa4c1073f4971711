package io.staithe.agent.container;

/** A user of a registry. Does not show its password. */
public record RegistryCredentials(String username, String password) {
    @Override
    public String toString() {
        return "RegistryCredentials[" + username + "]";
    }
}
