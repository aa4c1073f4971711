package io.staithe.agent.environment;

import io.staithe.agent.container.TaskSpec;
import io.staithe.agent.task.EffectiveContainer;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.EnvironmentFile;
import io.staithe.core.model.KeyValuePair;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts into a container's definition what it refers to on its host. Later wins: the image's own environment (which the
 * runtime knows), environment files in their order, {@code environment} with the task's override, secrets, and where the
 * container finds this agent.
 */
public final class HostValues {
    private static final String ENV_FILE = "env-file:";

    private final EnvironmentFiles files;
    private final TaskAddresses addresses;

    public HostValues(EnvironmentFiles files, TaskAddresses addresses) {
        this.files = files;
        this.addresses = addresses;
    }

    public ContainerDefinition resolve(TaskSpec task, ContainerDefinition container) throws Unresolved {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvironmentFile file : container.environmentFiles()) environment.putAll(read(file));
        for (KeyValuePair variable : container.environment()) environment.put(variable.name(), variable.value());
        environment.putAll(values(container.secrets()));
        environment.putAll(addresses.of(task, container.name()));
        return EffectiveContainer.resolved(container, environment, resolve(container.logConfiguration()));
    }

    private Map<String, String> read(EnvironmentFile file) throws Unresolved {
        if (!file.type().equals("file"))
            throw new Unresolved("environment files of type " + file.type() + " are not supported: use type file");
        return files.read(file.value());
    }

    private @Nullable LogConfiguration resolve(@Nullable LogConfiguration log) throws Unresolved {
        if (log == null || log.secretOptions().isEmpty()) return log;
        Map<String, String> options = new LinkedHashMap<>(log.options());
        options.putAll(values(log.secretOptions()));
        return new LogConfiguration(log.logDriver(), options, List.of());
    }

    private Map<String, String> values(List<Secret> secrets) throws Unresolved {
        Map<String, String> values = new LinkedHashMap<>();
        for (Secret secret : secrets) values.put(secret.name(), value(secret));
        return values;
    }

    private String value(Secret secret) throws Unresolved {
        String from = secret.valueFrom();
        int hash = from.indexOf('#');
        if (!from.startsWith(ENV_FILE) || hash < 0)
            throw new Unresolved("secret " + secret.name() + ": valueFrom must be env-file:FILE#NAME on this host");
        String name = from.substring(hash + 1);
        String value = files.read(from.substring(ENV_FILE.length(), hash)).get(name);
        if (value == null) throw new Unresolved("secret " + secret.name() + ": its environment file has no " + name);
        return value;
    }
}
