package io.staithe.core.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.metering.Costs.By;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.model.UsageRecord.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CostsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Window ALL = new Window(Instant.EPOCH, START.plusSeconds(1_000_000));
    private static final int SEEDS = 50;

    @Test
    void tellsFargateByTaskAndOthersByHost() {
        List<UsageRecord> records = List.of(
                task(1, "service:web", "FARGATE", 1, 100),
                task(2, "service:web", "FARGATE", 1, 100),
                host(1, "FARGATE", 70),
                task(3, "service:api", "pool", 2, 0),
                host(2, "pool", 500));
        assertEquals(
                List.of("service:api pool 1 0", "service:web FARGATE 2 200", "- pool 0 500"),
                told(records, By.SERVICE));
        assertEquals(List.of("- FARGATE 2 200", "- pool 1 500"), told(records, By.CAPACITY_PROVIDER));
        assertEquals(List.of("- - 3 700"), told(records, By.CLUSTER));
        assertEquals(
                List.of(hex(1) + " FARGATE 2 70", hex(2) + " pool 1 500"),
                told(records, By.HOST),
                "what all hosts cost, and which tasks they had");
    }

    @Test
    void countsTheMinuteWhereItBegins() {
        UsageRecord task = task(1, "service:web", "FARGATE", 1, 600);
        Costs first = new Costs(By.TASK, new Window(START, START.plusSeconds(1)));
        Costs second = new Costs(By.TASK, new Window(START.plusSeconds(1), START.plusSeconds(60)));
        first.add(task);
        second.add(task);
        assertEquals(60, first.total().used().seconds());
        assertEquals(List.of(), second.lines());
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void everyGroupingHasTheSameSum(By by) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<UsageRecord> records = random(random);
            Window window = window(random);
            CostLine expected = costs(records, By.CLUSTER, window).total();
            Costs costs = costs(records, by, window);
            CostLine total = costs.total();
            String where = "seed " + seed;
            assertEquals(expected.used(), total.used(), where);
            assertEquals(expected.tasks(), total.tasks(), where);
            if (by != By.HOST) assertEquals(expected.micros(), total.micros(), where);
            assertEquals(
                    total.micros(),
                    costs.lines().stream().mapToLong(CostLine::micros).sum(),
                    where);
            assertEquals(
                    total.used(),
                    costs.lines().stream().map(CostLine::used).reduce(UsageAmounts.NONE, UsageAmounts::plus),
                    where);
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void twoWindowsAddUp(By by) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<UsageRecord> records = random(random);
            Window whole = window(random);
            long length = whole.to().toEpochMilli() - whole.from().toEpochMilli();
            Instant middle = whole.from().plusMillis((long) (random.nextDouble() * length));
            CostLine first =
                    costs(records, by, new Window(whole.from(), middle)).total();
            CostLine second = costs(records, by, new Window(middle, whole.to())).total();
            CostLine both = costs(records, by, whole).total();
            assertEquals(both.used(), first.used().plus(second.used()), "seed " + seed);
            assertEquals(both.bought(), first.bought().plus(second.bought()), "seed " + seed);
            assertEquals(both.micros(), first.micros() + second.micros(), "seed " + seed);
        }
    }

    /** What the database adds up is given as records that fill the window. */
    @Test
    void sumsCountAsTheirParts() {
        List<UsageRecord> parts = List.of(task(1, "a", "FARGATE", 1, 100), task(2, "b", "FARGATE", 1, 11));
        UsageRecord sum = parts.get(0).asSum().and(parts.get(1));
        CostLine expected = costs(parts, By.CLUSTER, ALL).total();
        assertEquals(expected, costs(List.of(sum), By.CLUSTER, ALL).total());
        assertEquals(List.of("- FARGATE 2 111"), told(List.of(sum), By.TASK));
    }

    private static List<String> told(List<UsageRecord> records, By by) {
        return costs(records, by, ALL).lines().stream()
                .map(line -> Stream.of(
                                orNone(line.name()),
                                orNone(line.capacityProvider()),
                                line.tasks() + "",
                                line.micros() + "")
                        .reduce((one, other) -> one + " " + other)
                        .orElseThrow())
                .toList();
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static Costs costs(List<UsageRecord> records, By by, Window window) {
        Costs costs = new Costs(by, window);
        records.forEach(costs::add);
        return costs;
    }

    private static List<UsageRecord> random(Random random) {
        List<UsageRecord> records = new ArrayList<>();
        String[] providers = {"FARGATE", "FARGATE_SPOT", "pool", null};
        for (int i = 0; i < 40; i++) {
            String provider = providers[random.nextInt(4)];
            boolean priced = provider != null && provider.startsWith("FARGATE");
            Instant from = START.plusMillis(random.nextInt(2_000_000));
            Instant to = from.plusMillis(random.nextInt(500_000));
            long seconds = new BilledTime(from, to).seconds();
            boolean isHost = provider != null && random.nextInt(4) == 0;
            int cpu = 256 * (1 + random.nextInt(8));
            long micros = isHost || priced ? random.nextInt(100_000) : 0;
            UsageAmounts amounts = new UsageAmounts(seconds, cpu * seconds, 2L * cpu * seconds, 0, micros);
            records.add(new UsageRecord(
                    (isHost ? "host-" : "") + hex(i),
                    isHost ? Subject.HOST : Subject.TASK,
                    "cluster" + random.nextInt(2),
                    isHost ? null : "service:s" + random.nextInt(3),
                    provider,
                    new InstanceId(hex(random.nextInt(5))),
                    isHost ? "m6i.large" : null,
                    from,
                    to,
                    to,
                    1,
                    amounts));
        }
        UsageRecord first = records.get(0);
        records.add(records.stream()
                .skip(1)
                .filter(other -> other.sumId().equals(first.sumId()))
                .reduce(first.asSum(), UsageRecord::and));
        return records;
    }

    private static Window window(Random random) {
        Instant from = START.plusMillis(random.nextInt(1_500_000));
        return new Window(from, from.plusMillis(random.nextInt(1_500_000)));
    }

    private static UsageRecord task(int number, String group, String provider, int host, long micros) {
        return record(hex(number), Subject.TASK, group, provider, host, null, micros);
    }

    private static UsageRecord host(int number, String provider, long micros) {
        return record("host-" + hex(number), Subject.HOST, null, provider, number, "m6i.large", micros);
    }

    private static UsageRecord record(
            String id,
            Subject subject,
            @Nullable String group,
            String provider,
            int host,
            @Nullable String type,
            long micros) {
        return new UsageRecord(
                id,
                subject,
                "default",
                group,
                provider,
                new InstanceId(hex(host)),
                type,
                START,
                START.plusSeconds(10),
                START.plusSeconds(11),
                1,
                new UsageAmounts(60, 60 * 1024, 60 * 2048, 0, micros));
    }

    private static String hex(int number) {
        return String.format("%032x", number);
    }
}
