package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.InstanceProviderContract;
import io.staithe.capacity.provider.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FixedProviderContractTest extends InstanceProviderContract {
    @TempDir
    Path folder;

    @Override
    protected Site site() {
        return new Rack(folder, true, 4);
    }
}
