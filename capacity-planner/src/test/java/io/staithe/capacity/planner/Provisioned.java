package io.staithe.capacity.planner;

import io.staithe.capacity.provider.FakeProvider;
import io.staithe.capacity.provider.JoinTokens;
import io.staithe.capacity.provider.ProviderCall;
import io.staithe.capacity.provider.ProviderLoop;
import io.staithe.core.World;
import io.staithe.core.capacity.ExpectedHost;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A control plane with a provider whose hosts join as soon as they run, unless the test says otherwise. */
final class Provisioned {
    final World world = new World(List.of(new CapacityReconciler()));
    final FakeProvider provider = new FakeProvider("local");
    private final ProviderLoop loop = new ProviderLoop("local", new Tokens());
    private boolean joins = true;

    /** Not secret: nobody asks for them. */
    private static final class Tokens implements JoinTokens {
        @Override
        public String token(InstanceId host) {
            return "token-" + host;
        }

        @Override
        public String hash(InstanceId host) {
            return "hash-" + host;
        }
    }

    void hostsJoin(boolean to) {
        joins = to;
    }

    /** Lets everybody act until nothing changes any more, without time passing. */
    Provisioned converge() {
        for (int i = 0; i < 200; i++) {
            long before = world.state().revision();
            world.converge();
            drive();
            if (joins) join();
            if (world.state().revision() == before) return this;
        }
        throw new AssertionError("does not converge");
    }

    /** {@link #converge} again and again while time passes. */
    Provisioned pass(Duration time) {
        for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minusSeconds(1)) {
            world.pass(Duration.ofSeconds(1));
            converge();
        }
        return this;
    }

    private void drive() {
        for (ProviderCall call : loop.calls(world.state(), world.now)) loop.on(call, call.on(provider), world.now);
        loop.plan(world.state(), world.now).ifPresent(world::commit);
    }

    private void join() {
        for (InstanceId id : provider.running()) {
            Optional<ProvisionedHost> host = world.state().provisionedHost(id);
            if (host.filter(known -> known.status().isWanted()).isEmpty()
                    || world.state().instance(id).isPresent()) continue;
            ContainerInstance instance = ExpectedHost.of(host.get());
            world.put(instance);
            world.connects(instance);
        }
    }

    List<ProvisionedHost> hosts() {
        return world.state()
                .provisionedFor(World.CLUSTER)
                .filter(host -> host.status().isWanted())
                .toList();
    }

    TaskDefinition definition(String family, int cpu, int memory) {
        return world.put(io.staithe.core.GivenDefinition.definition(family, 1)
                .cpu(cpu)
                .memory(memory)
                .registeredAt(world.now)
                .build());
    }

    /** A service on these capacity providers, as {@code NAME:WEIGHT:BASE}. */
    Service service(String name, TaskDefinition definition, int desired, String... strategy) {
        List<CapacityProviderStrategyItem> items = java.util.Arrays.stream(strategy)
                .map(item -> item.split(":"))
                .map(item ->
                        new CapacityProviderStrategyItem(item[0], Integer.valueOf(item[1]), Integer.valueOf(item[2])))
                .toList();
        ServiceRevision revision = ServiceRevision.of(definition.id())
                .but()
                .capacity(items.isEmpty() ? "FARGATE" : null, items)
                .build();
        return world.service(name, revision, desired, DeploymentConfiguration.DEFAULT);
    }

    void scale(String name, int desired) {
        world.put(world.service(name).but().desiredCount(desired).build());
    }
}
