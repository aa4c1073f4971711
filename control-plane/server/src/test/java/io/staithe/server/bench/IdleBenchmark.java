package io.staithe.server.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What an installation at rest costs: one host, one service of three tasks. And what {@code staithe get} takes. */
final class IdleBenchmark {
    private static final int SETTLE_SECONDS = Integer.getInteger("bench.settle", 60);
    private static final int MEASURED_SECONDS = 60;
    private static final int CALLS = 21;

    private IdleBenchmark() {}

    static void run(Bench.Setting setting) throws Exception {
        try (PrivateEngine engine = PrivateEngine.start(setting);
                Installation installation = Installation.of(1, setting, engine, "idle")) {
            installation.staithe(
                    "apply", "-f", installation.serviceFile("idle", 3, 8090).toString(), "--wait");
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            Program server = installation.server();
            Program agent = installation.agent(1);
            double serverBefore = server.cpuSeconds();
            double agentBefore = agent.cpuSeconds();
            TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
            print("control plane", server.cpuSeconds() - serverBefore, server.residentMb());
            print("agent", agent.cpuSeconds() - agentBefore, agent.residentMb());
            Figures seconds = new Figures("s");
            for (int i = 0; i < CALLS; i++) {
                long from = System.nanoTime();
                installation.staithe("get", "services");
                seconds.add("staithe get services", (System.nanoTime() - from) / 1e9);
            }
            seconds.print();
            print("control plane after that", 0, server.residentMb());
        }
    }

    private static void print(String what, double cpuSeconds, double megabytes) {
        System.out.printf(
                Locale.ROOT,
                "  %-52s %8.2f %% of a core, %.0f MB resident%n",
                what,
                100 * cpuSeconds / MEASURED_SECONDS,
                megabytes);
    }
}
