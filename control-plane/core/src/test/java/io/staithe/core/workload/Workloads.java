package io.staithe.core.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Hosts and tasks that are made up. The same seed gives the same. */
public final class Workloads {
    /** 32 vCPU, 127.5 GiB. */
    public static final HostShape HOST = new HostShape(32 * 1024, 127 * 1024 + 512, 0, Map.of());

    private static final String ZONE = "ecs.availability-zone";
    private static final String INSTANCE_TYPE = "ecs.instance-type";
    private static final String DISK = "disk";
    private static final int SERVICES = 200;
    private static final int FIRST_PORT = 8000;
    private static final int PORTS = 20;
    private static final List<String> ZONES = List.of("zone-a", "zone-b", "zone-c");
    private static final List<String> TYPES = List.of("m5.8xlarge", "m5a.8xlarge", "m6i.8xlarge", "m7i.8xlarge");

    /** CPU units and GiB of memory, from and to, that Fargate sells together; memory comes in eight steps. */
    private static final int[][] FARGATE = {
        {256, 1, 2}, {256, 1, 2}, {512, 1, 4}, {512, 1, 4}, {1024, 2, 8}, {2048, 4, 16}, {4096, 8, 30}, {8192, 16, 60}
    };

    private static final int MEMORY_STEPS = 8;

    private Workloads() {}

    /** Tasks of sizes near those that Fargate has, the small ones more often. */
    public static List<TaskShape> fargateSizes(int tasks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, tasks).mapToObj(n -> fargateSize(random)).toList();
    }

    private static TaskShape fargateSize(SplittableRandom random) {
        int[] size = FARGATE[random.nextInt(FARGATE.length)];
        int step = (size[2] - size[1]) * 1024 / MEMORY_STEPS;
        return TaskShape.needing(size[0], size[1] * 1024 + random.nextInt(MEMORY_STEPS + 1) * step, 0);
    }

    /** These tasks, without a rule, on so many equal hosts. */
    public static Workload identical(String name, List<TaskShape> tasks, int hosts) {
        return new Workload(name, Collections.nCopies(hosts, HOST), tasks);
    }

    /** These tasks, without a rule, on hosts of which each has the whole, a half or a quarter of the largest. */
    public static Workload unequal(String name, List<TaskShape> tasks, int hosts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Workload(
                name,
                IntStream.range(0, hosts)
                        .mapToObj(n -> part(1 << random.nextInt(3)))
                        .toList(),
                tasks);
    }

    private static HostShape part(int divisor) {
        return new HostShape(HOST.cpu() / divisor, HOST.memory() / divisor, 0, Map.of());
    }

    /**
     * Tasks of 200 services that come mixed. Every service has a size near one of Fargate's, wants two of three Availability Zones
     * and one of two instance types or a disk, and has an anti-affinity: to itself, or to the next service. Every tenth fixes
     * one of 20 host ports. One in a hundred cannot be placed: it wants a disk that no host has, or more memory than any.
     */
    public static Workload rules(String name, int tasks, int hosts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<HostShape> shapes =
                IntStream.range(0, hosts).mapToObj(n -> host(n, random)).toList();
        List<TaskShape> services = new ArrayList<>();
        for (int service = 0; service < SERVICES; service++) services.add(service(service, random));
        List<TaskShape> mixed = IntStream.range(0, tasks)
                .mapToObj(n -> services.get(random.nextInt(SERVICES)))
                .toList();
        return new Workload(name, shapes, mixed);
    }

    private static HostShape host(int number, SplittableRandom random) {
        Map<String, String> attributes = Map.of(
                ZONE, ZONES.get(number % ZONES.size()),
                INSTANCE_TYPE, TYPES.get(random.nextInt(TYPES.size())),
                DISK, random.nextInt(3) == 0 ? "hdd" : "ssd");
        return new HostShape(HOST.cpu(), HOST.memory(), 0, attributes);
    }

    private static TaskShape service(int number, SplittableRandom random) {
        TaskShape size = fargateSize(random);
        int apartFrom = number % 2 == 0 ? number : (number + 1) % SERVICES;
        int port = number % 10 == 0 ? FIRST_PORT + random.nextInt(PORTS) : TaskShape.NONE;
        Set<String> zones = two(ZONES, random);
        Map<String, Set<String>> wanted = random.nextBoolean()
                ? Map.of(ZONE, zones, INSTANCE_TYPE, two(TYPES, random))
                : Map.of(ZONE, zones, DISK, Set.of("ssd"));
        int memory = size.memory();
        if (number == SERVICES / 4) wanted = Map.of(ZONE, zones, DISK, Set.of("tape"));
        if (number == SERVICES / 2) memory = 2 * HOST.memory();
        return new TaskShape(size.cpu(), memory, 0, number, wanted, apartFrom, port);
    }

    private static Set<String> two(List<String> values, SplittableRandom random) {
        Set<String> some = new HashSet<>();
        while (some.size() < 2) some.add(values.get(random.nextInt(values.size())));
        return some;
    }
}
