package io.staithe.agent.container.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * docker-java's configuration with one object mapper for all clients. docker-java gives each client a new one, and every
 * call here has its own client: each answer's classes were looked at anew, which took half of a busy agent's time.
 */
final class EngineConfig implements DockerClientConfig {
    private final DockerClientConfig standard;
    private final ObjectMapper mapper;

    EngineConfig(URI host) {
        standard = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host.toString())
                .withDockerTlsVerify(false)
                .build();
        mapper = DockerClientConfig.getDefaultObjectMapper();
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return mapper;
    }

    @Override
    public URI getDockerHost() {
        return standard.getDockerHost();
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return standard.getApiVersion();
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return standard.getRegistryUsername();
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return standard.getRegistryPassword();
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return standard.getRegistryEmail();
    }

    @Override
    public String getRegistryUrl() {
        return standard.getRegistryUrl();
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
        return standard.effectiveAuthConfig(imageName);
    }

    @Override
    public @Nullable AuthConfigurations getAuthConfigurations() {
        return standard.getAuthConfigurations();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface has no other
    public @Nullable SSLConfig getSSLConfig() {
        return standard.getSSLConfig();
    }
}
