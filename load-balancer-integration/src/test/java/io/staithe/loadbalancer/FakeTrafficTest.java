package io.staithe.loadbalancer;

import io.staithe.core.assignment.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

final class FakeTrafficTest extends TrafficContract {
    @Override
    TrafficWorld newWorld() {
        return new FakeWorld();
    }

    private static final class FakeWorld implements TrafficWorld {
        private Instant now = Instant.EPOCH;
        private final FakeTraffic traffic = new FakeTraffic(() -> now);
        private final Map<String, Integer> numbers = new HashMap<>();
        private int ports = 10_000;
        private int crashes;

        @Override
        public TrafficProvider provider() {
            return traffic;
        }

        @Override
        public void recreateProvider() {
            // It has nothing that could be forgotten.
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public int freePort() {
            return ports++;
        }

        @Override
        public void takePort(int port, boolean taken) {
            traffic.takePort(port, taken);
        }

        @Override
        public Backend backend(int task, String group) {
            Target target = Tables.target(task, group, "127.0.0.1", freePort());
            numbers.put(target.address() + ":" + target.port(), task);
            traffic.backend(target.address(), target.port(), FakeTraffic.Backend.ANSWERS);
            return new Backend() {
                @Override
                public Target target() {
                    return target;
                }

                @Override
                public void healthy(boolean healthy) {
                    is(healthy ? FakeTraffic.Backend.ANSWERS : FakeTraffic.Backend.FAILS);
                }

                @Override
                public void kill() {
                    is(FakeTraffic.Backend.DEAD);
                }

                private void is(FakeTraffic.Backend state) {
                    traffic.backend(target.address(), target.port(), state);
                }
            };
        }

        @Override
        public Answer get(int port, String host, String pathAndQuery) {
            return answer(traffic.get(port, host, pathAndQuery.replaceFirst("\\?.*", "")));
        }

        private Answer answer(FakeTraffic.Answer answer) {
            boolean forwarded = answer.server() != null;
            return new Answer(answer.status(), forwarded ? "" + numbers.get(answer.body()) : answer.body());
        }

        @Override
        public boolean answers(int port) {
            try {
                return get(port, "x", "/").status() == 200;
            } catch (IllegalStateException nobodyListens) {
                return false;
            }
        }

        @Override
        public Pending begin(int port, Backend backend) {
            FakeTraffic.Answer answer = traffic.begin(port, "x", "/");
            return new Pending() {
                @Override
                public Answer finish() {
                    traffic.end(answer.server());
                    return answer(answer);
                }

                @Override
                public void abandon() {
                    traffic.end(answer.server());
                }
            };
        }

        @Override
        public int loads() {
            return traffic.loads();
        }

        @Override
        public String identity() {
            return "proxy " + crashes;
        }

        @Override
        public void crash(Victim victim) {
            crashes++;
            traffic.crash();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
