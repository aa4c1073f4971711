package io.staithe.capacity.provider.kubernetes;

import io.staithe.capacity.provider.InstanceProviderContract;
import io.staithe.capacity.provider.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class KubernetesProviderContractTest extends InstanceProviderContract {
    @TempDir
    Path folder;

    @Override
    protected Site site() {
        return new Cluster(folder);
    }
}
