package io.staithe.agent;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.loadbalancer.EdgeRunner;
import io.staithe.loadbalancer.TrafficProvider;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The traffic that this host carries: all of it on an edge host, none on others. */
final class Traffic implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("agent.traffic");

    private final InstanceId host;
    private final @Nullable TrafficProvider provider;
    private final InstantSource clock;
    private @Nullable EdgeRunner runner;

    /** @param provider absent: the host is no edge */
    Traffic(InstanceId host, @Nullable TrafficProvider provider, InstantSource clock) {
        this.host = host;
        this.provider = provider;
        this.clock = clock;
    }

    boolean isCarried() {
        return provider != null;
    }

    /** @param changed told which targets' health is new, on the runner's thread; once {@link #health} is known */
    void start(Consumer<List<TargetHealth>> changed) {
        if (provider == null) return;
        EdgeRunner started = new EdgeRunner(host, provider, clock, new Reports(changed));
        runner = started;
        started.start(work -> {
            Thread thread = new Thread(work, "traffic");
            thread.setDaemon(true);
            thread.start();
        });
    }

    void desired(RoutingTable table) {
        if (runner != null) runner.desired(table);
    }

    /** Of all targets; absent until the proxy has been looked at. Where no traffic is carried there are none. */
    Optional<List<TargetHealth>> health() {
        return runner == null ? Optional.of(List.of()) : runner.health();
    }

    /** The proxy goes on. */
    @Override
    public void close() {
        if (runner != null) runner.close();
    }

    private record Reports(Consumer<List<TargetHealth>> changedTo) implements EdgeRunner.Reports {
        @Override
        public void changed(List<TargetHealth> health) {
            for (TargetHealth target : health)
                LOG.log(Level.INFO, "target {0} {1}{2}", target.target(), target.state(), why(target));
            changedTo.accept(health);
        }

        private static String why(TargetHealth target) {
            return target.description() == null ? "" : ": " + target.description();
        }

        @Override
        public void problems(List<String> problems) {
            if (problems.isEmpty()) LOG.log(Level.INFO, "all of the routing table is carried");
            for (String problem : problems) LOG.log(Level.WARNING, "traffic: {0}", problem);
        }
    }
}
