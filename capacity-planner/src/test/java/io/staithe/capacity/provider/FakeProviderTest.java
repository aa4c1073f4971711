package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

class FakeProviderTest extends InstanceProviderContract {
    @Override
    protected Site site() {
        return new Memory();
    }

    /** Each owner has a provider of its own, which survives what opens it. */
    private static final class Memory implements Site {
        private final Map<String, FakeProvider> providers = new TreeMap<>();

        @Override
        public InstanceProvider open(String owner) {
            return providers.computeIfAbsent(owner, any -> new FakeProvider("fake"));
        }

        @Override
        public HostRequest request(InstanceId id) {
            return Requests.of(id, "small", Map.of());
        }

        @Override
        public List<InstanceId> running() {
            return providers.values().stream()
                    .flatMap(provider -> provider.running().stream())
                    .sorted()
                    .toList();
        }

        @Override
        public int starts() {
            return providers.values().stream().mapToInt(FakeProvider::starts).sum();
        }

        @Override
        public void boot(InstanceId host) {}

        @Override
        public void end(InstanceId host) {
            providers.values().forEach(provider -> provider.vanish(host));
        }

        @Override
        public void loseNextAnswer() {
            providers.values().forEach(FakeProvider::loseNextAnswer);
        }

        @Override
        public void hang() {
            refuse(ProviderException.Kind.UNKNOWN);
        }

        @Override
        public Set<ProviderException.Kind> refusals() {
            return EnumSet.allOf(ProviderException.Kind.class);
        }

        @Override
        public void refuse(ProviderException.Kind kind) {
            providers.values().forEach(provider -> provider.refuse(kind));
        }

        @Override
        public String inSight() {
            return "";
        }

        @Override
        public void close() {}
    }
}
