package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import java.nio.file.Path;
import java.util.Map;

/** Requests of tests, each with a token of its own that can be told in any text. */
public final class Requests {
    private Requests() {}

    public static HostRequest of(InstanceId id, String type, Map<String, String> settings) {
        return new HostRequest(
                id,
                "big_Group",
                "default",
                type,
                new Resources(1024, 2048, 0),
                "X86_64",
                false,
                false,
                null,
                token(id),
                settings);
    }

    public static String token(InstanceId id) {
        return "secret-" + id;
    }

    public static ProviderContext context(String owner, Path folder, Map<String, String> configuration) {
        return new ProviderContext(owner, "10.0.0.1:7401", null, folder, configuration, Site.DEADLINE);
    }
}
