package io.staithe.loadbalancer;

import org.junit.jupiter.api.Tag;

@Tag("real")
final class HaproxyTrafficTest extends TrafficContract {
    @Override
    TrafficWorld newWorld() throws Exception {
        return new HaproxyWorld();
    }
}
