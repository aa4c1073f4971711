package io.staithe.core.scheduler;

import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import io.staithe.core.state.HostLoads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one cluster as a working copy in which tasks are placed: flat arrays and orders beside the immutable state,
 * brought up to it by what differs ({@link #follow}). Placements in between are taken with {@link #take}; following a state
 * again forgets them, unless that state has them. Not thread-safe.
 */
public final class Fleet {
    /** Prepared questions that are kept; the least recently asked ones go first. */
    private static final int MAX_QUESTIONS = 4096;
    /** Task groups and classes of hosts that come and go are forgotten when there are more than this. */
    private static final int MAX_REMEMBERED = 20_000;

    private final HostTable table = new HostTable();
    private final HostClasses classes = new HostClasses();
    private final HostOrder byMemory = new HostOrder(table, true);
    private final HostOrder byCpu = new HostOrder(table, false);
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<Demand, Question> questions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Demand, Question> eldest) {
            return size() > MAX_QUESTIONS;
        }
    };

    private @Nullable Host[] hosts = {};
    private HostLoads followed = HostLoads.NONE;
    private int size;
    private int sorting;
    /** Whether somebody packs by CPU: only then is that order kept. */
    private boolean keepsCpuOrder;

    private @Nullable Search search;
    private int[] takenSlots = {};
    private @Nullable Group[] takenGroups = {};
    private int taken;

    public static Fleet of(ClusterState state, String cluster) {
        Fleet fleet = new Fleet();
        fleet.follow(state.loadsOf(cluster));
        return fleet;
    }

    /** Makes it what {@code now} says, at the cost of the hosts that differ from the last time. */
    public void follow(HostLoads now) {
        if (groups.size() > MAX_REMEMBERED || classes.count() > MAX_REMEMBERED) forget();
        for (int i = 0; i < taken; i++) giveBack(takenSlots[i], takenGroups[i]);
        int[] slots = Arrays.copyOf(takenSlots, taken);
        taken = 0;
        for (int slot : slots) if (table.loads[slot] != null) refresh(slot, table.load(slot));
        followed.differences(now, (slot, before, after) -> refresh(slot, after));
        followed = now;
    }

    private void giveBack(int slot, @Nullable Group group) {
        if (group != null) group.add(slot, table.hostClass[slot], -1);
    }

    private void forget() {
        groups.clear();
        questions.clear();
        classes.clear();
        byMemory.clear();
        byCpu.clear();
        Arrays.fill(table.loads, null);
        followed = HostLoads.NONE;
        taken = 0;
        size = 0;
        sorting++;
    }

    private void refresh(int slot, @Nullable HostLoad after) {
        HostLoad before = slot < table.loads.length ? table.loads[slot] : null;
        if (before != null) {
            unorder(slot);
            count(before, slot, -1);
            table.clear(slot);
            size--;
        }
        if (after == null) return;
        table.put(slot, after, classes.of(after));
        if (slot >= hosts.length) hosts = Arrays.copyOf(hosts, table.loads.length);
        if (hosts[slot] == null) hosts[slot] = new Host(this, table, slot);
        order(slot);
        count(after, slot, 1);
        size++;
    }

    private void count(HostLoad load, int slot, int sign) {
        load.tasksOfGroup().forEach((group, tasks) -> group(group).add(slot, table.hostClass[slot], sign * tasks));
    }

    private void order(int slot) {
        byMemory.insert(table.hostClass[slot], slot);
        if (keepsCpuOrder) byCpu.insert(table.hostClass[slot], slot);
    }

    private void unorder(int slot) {
        byMemory.remove(table.hostClass[slot], slot);
        if (keepsCpuOrder) byCpu.remove(table.hostClass[slot], slot);
    }

    /** Reserves what was decided. */
    public void take(Placement.On decision) {
        take(decision.host(), decision.demand());
    }

    /** Reserves on {@code host} what a task of this demand needs. */
    void take(Host host, Demand demand) {
        int slot = host.slot;
        unorder(slot);
        table.take(slot, demand.need(), demand.ports());
        order(slot);
        Group group = group(demand.group());
        group.add(slot, table.hostClass[slot], 1);
        if (taken == takenSlots.length) {
            takenSlots = Arrays.copyOf(takenSlots, 2 * taken + 64);
            takenGroups = Arrays.copyOf(takenGroups, 2 * taken + 64);
        }
        takenSlots[taken] = slot;
        takenGroups[taken++] = group;
    }

    /**
     * The best host for a demand, or null: nothing is changed, and nothing made.
     *
     * @param chance decides where {@code random} begins
     */
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

    Host host(int slot) {
        Host host = hosts[slot];
        if (host == null) throw new IllegalStateException("no host in slot " + slot);
        return host;
    }

    Group group(String name) {
        return groups.computeIfAbsent(name, anyName -> new Group());
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
        return byMemory;
    }

    HostOrder byCpu() {
        return byCpu;
    }

    /** The demand prepared for the hosts as they are sorted now. */
    Question ask(Demand demand) {
        Question question = questions.get(demand);
        if (question == null || question.sorting != sorting) {
            boolean news = false;
            for (String attribute : Question.attributes(demand)) news |= classes.ask(attribute);
            if (news) sortAnew();
            question = new Question(demand, group(demand.group()), sorting);
            questions.put(demand, question);
        }
        if (!keepsCpuOrder && question.ranking.packing() == Ranking.Packing.LEAST_CPU) {
            keepsCpuOrder = true;
            hosts().forEach(host -> byCpu.insert(table.hostClass[host.slot], host.slot));
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
        byMemory.clear();
        byCpu.clear();
        List<Host> all = new ArrayList<>(hosts().toList());
        for (Host host : all) table.hostClass[host.slot] = classes.of(table.load(host.slot));
        for (Host host : all) order(host.slot);
        groups.values().forEach(group -> group.sortAnew(table.hostClass));
    }
}
