package io.staithe.capacity.planner;

import io.staithe.capacity.packing.Offer;
import io.staithe.capacity.packing.Packer;
import io.staithe.capacity.packing.Packing;
import io.staithe.capacity.packing.PackingProblem;
import io.staithe.capacity.packing.TaskClass;
import io.staithe.capacity.packing.Unplaced;
import io.staithe.core.capacity.ExpectedHost;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostType;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TaskId;
import io.staithe.core.scheduler.Fleet;
import io.staithe.core.scheduler.Host;
import io.staithe.core.scheduler.Scheduler;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts that tasks share, bought so that together they cost least. */
final class SharedHosts {
    /** A type of host in a zone, at what it costs. */
    private record Choice(HostType type, @Nullable String zone, long price) {}

    private final Buying buying;
    private final List<Choice> choices = new ArrayList<>();
    /** Of each choice an empty host, for the scheduler to be asked about. */
    private final Map<InstanceId, Host> empty = new HashMap<>();

    private SharedHosts(Buying buying) {
        this.buying = buying;
        for (HostType type : buying.group.types())
            buying.price(type).ifPresent(price -> {
                if (type.zones().isEmpty()) choices.add(new Choice(type, null, price));
                else type.zones().forEach(zone -> choices.add(new Choice(type, zone, price)));
            });
        List<ContainerInstance> imagined = new ArrayList<>();
        for (int number = 0; number < choices.size(); number++) imagined.add(imagined(number, choices.get(number)));
        Fleet.of(Imagined.only(buying.cluster, imagined), buying.cluster)
                .hosts()
                .forEach(host -> empty.put(host.instance().id(), host));
    }

    static void buy(Buying buying, List<Need> needs) {
        if (!needs.isEmpty()) new SharedHosts(buying).buy(needs);
    }

    private ContainerInstance imagined(int number, Choice choice) {
        return ExpectedHost.of(
                id(number),
                buying.cluster,
                choice.type.name(),
                choice.type.offered(),
                choice.type.architecture(),
                choice.zone,
                Instant.EPOCH,
                buying.provider,
                false);
    }

    private static InstanceId id(int number) {
        return new InstanceId(TaskId.from("imagined/" + number).value());
    }

    private void buy(List<Need> needs) {
        Map<TaskClass, Deque<Need>> byClass = new LinkedHashMap<>();
        Map<List<Object>, Deque<Need>> alike = new LinkedHashMap<>();
        for (Need need : needs)
            alike.computeIfAbsent(List.of(need.demand(), need.amount()), any -> new ArrayDeque<>())
                    .add(need);
        alike.forEach((key, same) -> {
            Need first = same.getFirst();
            BitSet offers = usableBy(first);
            if (offers.isEmpty()) buying.hinder(TooLarge.of(buying, first, same.size()));
            else byClass.put(new TaskClass(same.size(), first.amount(), offers), same);
        });
        pack(byClass);
    }

    private BitSet usableBy(Need need) {
        BitSet usable = new BitSet();
        for (int number = 0; number < choices.size(); number++) {
            Host host = empty.get(id(number));
            if (host != null && Scheduler.veto(need.demand(), host).isEmpty()) usable.set(number);
        }
        return usable;
    }

    private void pack(Map<TaskClass, Deque<Need>> byClass) {
        List<TaskClass> classes = List.copyOf(byClass.keySet());
        List<Deque<Need>> needs = List.copyOf(byClass.values());
        List<Offer> offers = choices.stream().map(this::offer).toList();
        Packing packing = Packer.pack(
                new PackingProblem(classes, offers, List.of(), buying.allowance.hosts(), buying.allowance.micros()),
                Packer.QUICK_STEPS);
        for (Packing.Purchase purchase : packing.purchases())
            for (int i = 0; i < purchase.hosts() && !buying.isFull(); i++) buy(purchase, needs);
        packing.unplaced().stream()
                .filter(left -> left.cause() == Unplaced.Cause.LIMIT)
                .findFirst()
                .ifPresent(left -> buying.hinder(buying.allowance.hindrance(buying.provider, left.count())));
    }

    private void buy(Packing.Purchase purchase, List<Deque<Need>> needs) {
        Choice choice = choices.get(purchase.offer());
        if (buying.allowance.left(choice.type) == 0) return;
        Need first = null;
        int tasks = 0;
        for (Map.Entry<Integer, Integer> some : purchase.tasks().entrySet())
            for (int i = 0; i < some.getValue(); i++, tasks++) {
                Need need = needs.get(some.getKey()).poll();
                if (first == null) first = need;
            }
        if (first == null) return;
        String why = tasks == 1 ? first.told() : first.told() + " and " + (tasks - 1) + " more";
        buying.add(
                choice.type,
                choice.type.offered(),
                choice.type.architecture(),
                choice.zone,
                choice.price,
                first.facts(),
                why);
    }

    private Offer offer(Choice choice) {
        // One in several zones is several offers: what is bought beyond the limit is seen when it is bought.
        return new Offer(choice.type.name(), choice.type.offered(), choice.price, buying.allowance.left(choice.type));
    }
}
