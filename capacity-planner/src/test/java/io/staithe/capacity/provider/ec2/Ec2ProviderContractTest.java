package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.InstanceProviderContract;
import io.staithe.capacity.provider.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class Ec2ProviderContractTest extends InstanceProviderContract {
    @TempDir
    Path folder;

    @Override
    protected Site site() {
        return new Region(folder);
    }
}
