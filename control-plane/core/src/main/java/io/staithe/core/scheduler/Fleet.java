package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import io.staithe.core.state.HostLoads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one cluster as a working copy in which tasks are placed: flat arrays and orders beside the immutable state,
 * brought up to it by what differs ({@link #follow}). What is decided in between is taken and given back here; following a
 * state again forgets it, unless that state has it. Not thread-safe.
 */
public final class Fleet {
    /** Task groups and classes of hosts that come and go are forgotten when there are more than this. */
    private static final int MAX_REMEMBERED = 20_000;

    private static final int[] NO_SLOTS = {};

    private final HostTable table = new HostTable();
    private final HostClasses classes = new HostClasses();
    private final HostOrders orders = new HostOrders(table);
    private final Map<String, Group> groups = new HashMap<>();
    private final Questions questions = new Questions();
    private final Takings takings = new Takings();

    private @Nullable Host[] hosts = {};
    private HostLoads followed = HostLoads.NONE;
    /** The slots that hosts are in, by the hosts' ids; absent since one came or went. */
    private int @Nullable [] slotsById;

    private int size;
    private int sorting;

    private @Nullable Search search;

    public static Fleet of(ClusterState state, String cluster) {
        Fleet fleet = new Fleet();
        fleet.follow(state.loadsOf(cluster));
        DaemonRoom.of(state, cluster).keepIn(fleet);
        return fleet;
    }

    /** A host with this load, alone. */
    static Host alone(HostLoad load) {
        Fleet fleet = new Fleet();
        fleet.refresh(0, load);
        return fleet.host(0);
    }

    /** Makes it what {@code now} says, at the cost of the hosts that differ from the last time. */
    public void follow(HostLoads now) {
        if (groups.size() > MAX_REMEMBERED || classes.count() > MAX_REMEMBERED) forget();
        backTo(0);
        followed.differences(now, (slot, before, after) -> refresh(slot, after));
        followed = now;
    }

    private void forget() {
        groups.clear();
        questions.clear();
        classes.clear();
        orders.clear();
        Arrays.fill(table.loads, null);
        followed = HostLoads.NONE;
        takings.clear();
        size = 0;
        slotsById = null;
        sorting++;
    }

    private void refresh(int slot, @Nullable HostLoad after) {
        HostLoad before = slot < table.loads.length ? table.loads[slot] : null;
        if (before == null
                || after == null
                || !before.instance().id().equals(after.instance().id())) slotsById = null;
        if (before != null) {
            orders.remove(slot);
            count(before, slot, -1);
            table.clear(slot);
            size--;
        }
        if (after == null) return;
        table.put(slot, after, classes.of(after));
        if (slot >= hosts.length) hosts = Arrays.copyOf(hosts, table.loads.length);
        if (hosts[slot] == null) hosts[slot] = new Host(this, table, slot);
        orders.insert(slot);
        count(after, slot, 1);
        size++;
    }

    private void count(HostLoad load, int slot, int sign) {
        load.tasksOfGroup().forEach((group, tasks) -> group(group).add(slot, table.hostClass[slot], sign * tasks));
    }

    /** Reserves what was decided. */
    public void take(Placement.On decision) {
        take(decision.host(), decision.demand());
    }

    /** Reserves on {@code host} what a task of this demand needs. */
    public void take(Host host, Demand demand) {
        change(host, demand.need(), demand.ports(), group(demand.group()), 1);
    }

    /** Keeps room on {@code host} from others, without a task. */
    void hold(Host host, Resources amount, Collection<HostPort> ports) {
        change(host, amount, ports, null, 1);
    }

    /** The opposite of {@link #hold}. */
    void letGo(Host host, Resources amount, Collection<HostPort> ports) {
        change(host, amount, ports, null, -1);
    }

    /** As if a task, which is no daemon's, were not on {@code host} any more. */
    void release(Host host, Task task) {
        change(host, task.reserved(), task.hostPorts(), group(task.group()), -1);
    }

    /** As if a task of this group were on {@code host}, and needed no room. */
    void count(Host host, String group) {
        change(host, Resources.NONE, List.of(), group(group), 1);
    }

    /** How it is now, to come {@link #backTo}. */
    int mark() {
        return takings.size();
    }

    /** As it was at the mark: what was taken or given back since is undone. */
    void backTo(int mark) {
        takings.undo(mark, this::apply);
    }

    private void change(Host host, Resources amount, Collection<HostPort> ports, @Nullable Group group, int sign) {
        apply(host.slot, amount, ports, group, sign);
        takings.add(host.slot, amount, ports, group, sign);
    }

    private void apply(int slot, Resources amount, Collection<HostPort> ports, @Nullable Group group, int sign) {
        orders.remove(slot);
        if (sign > 0) table.take(slot, amount, ports);
        else table.giveBack(slot, amount, ports);
        if (group != null) {
            table.tasks[slot] += sign;
            table.placed[slot] += sign;
            group.add(slot, table.hostClass[slot], sign);
        }
        orders.insert(slot);
    }

    /**
     * The best host for a demand, or null: nothing is changed, and nothing made.
     *
     * @param chance decides what {@code random} draws
     */
    public @Nullable Host choose(Demand demand, long chance) {
        return choose(demand, chance, NO_SLOTS);
    }

    /** The same among the hosts that are in other slots. */
    @Nullable
    Host choose(Demand demand, long chance, int[] exceptSlots) {
        Question question = ask(demand);
        if (search == null) search = new Search(this, table, question);
        int slot = search.find(question, chance, exceptSlots);
        return slot == HostOrder.NONE ? null : host(slot);
    }

    /** How many hosts there are, fit or not. */
    public int size() {
        return size;
    }

    /** Every host, fit or not. */
    public Stream<Host> hosts() {
        return IntStream.range(0, table.end)
                .filter(slot -> table.loads[slot] != null)
                .mapToObj(this::host);
    }

    /** Absent: it is not, or no longer, of this cluster. */
    Optional<Host> host(InstanceId id) {
        return followed.slotOf(id).map(this::host);
    }

    /**
     * How many tasks of a task group run where an attribute has each of its values; every value that some host has is there,
     * and the empty one stands for hosts without the attribute.
     */
    public Map<String, Integer> spread(String group, String attribute) {
        if (classes.ask(attribute)) sortAnew();
        Group tasks = group(group);
        Map<String, Integer> spread = new TreeMap<>();
        for (int c = 0; c < classes(); c++)
            if (byMemory().sizeOf(c) > 0)
                spread.merge(classes.example(c).instance().attribute(attribute).orElse(""), tasks.in(c), Integer::sum);
        return spread;
    }

    Host host(int slot) {
        Host host = hosts[slot];
        if (host == null) throw new IllegalStateException("no host in slot " + slot);
        return host;
    }

    Group group(String name) {
        return groups.computeIfAbsent(name, anyName -> new Group());
    }

    /** Depends on which hosts there are, and on nothing else. */
    int[] slotsById() {
        if (slotsById == null)
            slotsById = hosts().sorted(
                            Comparator.comparing(host -> host.instance().id()))
                    .mapToInt(host -> host.slot)
                    .toArray();
        return slotsById;
    }

    /** How many of its tasks run on how many hosts. */
    Levels levels(Group group) {
        return group.levels(table.hostClass);
    }

    Stream<String> groupsOn(int slot) {
        return groups.entrySet().stream()
                .filter(group -> group.getValue().on(slot) > 0)
                .map(Map.Entry::getKey);
    }

    int classes() {
        return classes.count();
    }

    HostOrder byMemory() {
        return orders.byMemory();
    }

    PackingOrder packed(boolean byCpu) {
        return orders.packed(byCpu);
    }

    /** The demand prepared for the hosts as they are sorted now. */
    Question ask(Demand demand) {
        Question question = questions.of(demand, sorting);
        if (question == null) {
            boolean news = false;
            for (String attribute : Question.attributes(demand)) news |= classes.ask(attribute);
            if (news) sortAnew();
            question = new Question(demand, group(demand.group()), sorting);
            questions.keep(question);
        }
        while (question.learned() < classes.count()) question.learn(example(question.learned()));
        return question;
    }

    /** A host of the class, to look at what its hosts have in common. */
    Host example(int hostClass) {
        HostTable alone = new HostTable();
        alone.put(0, classes.example(hostClass), hostClass);
        return new Host(this, alone, 0);
    }

    /** Hosts that were alike so far may differ in an attribute that is asked about now. */
    private void sortAnew() {
        sorting++;
        classes.clear();
        orders.clear();
        List<Host> all = new ArrayList<>(hosts().toList());
        for (Host host : all) table.hostClass[host.slot] = classes.of(table.load(host.slot));
        for (Host host : all) orders.insert(host.slot);
        groups.values().forEach(group -> group.sortAnew(table.hostClass));
    }
}
