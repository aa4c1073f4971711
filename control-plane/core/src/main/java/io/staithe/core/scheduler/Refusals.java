package io.staithe.core.scheduler;

import io.staithe.core.model.Resources;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what keeps every host of a fleet from taking a task, reason by reason, from the same classes and orders that the
 * search goes through: no host is looked at alone unless it has room. Each host counts once: for what excludes its whole class,
 * else for its lack of room, else for the first rule that it breaks itself.
 */
final class Refusals {
    /** Hosts of a class that are compared to find the nearest miss in CPU or GPUs. */
    private static final int MAX_SEEN = 32;

    private final Fleet fleet;
    private final Question question;
    private final Resources need;
    private final SkewLimits limits = new SkewLimits();
    private final Map<String, Refused> byCode = new HashMap<>();
    /** By code: the first of the rules that say it. */
    private final Map<String, Integer> firstRule = new HashMap<>();

    private Refusals(Fleet fleet, Question question) {
        this.fleet = fleet;
        this.question = question;
        this.need = question.demand.need();
        limits.count(fleet, question);
    }

    /** Of hosts that would take it nothing is said. In the order of the rules: nothing depends on how hosts are sorted. */
    static List<Refused> of(Fleet fleet, Question question) {
        Refusals refusals = new Refusals(fleet, question);
        for (int c = 0; c < fleet.classes(); c++) if (fleet.byMemory().sizeOf(c) > 0) refusals.count(c);
        return refusals.byCode.values().stream()
                .sorted(refusals.byRule())
                .map(refusals::amongAll)
                .toList();
    }

    /** Of one rule, what lacks memory comes before what lacks CPU. */
    private Comparator<Refused> byRule() {
        return Comparator.<Refused>comparingInt(refused -> firstRule.getOrDefault(refused.code(), 0))
                .thenComparing(Refused::code, Comparator.reverseOrder());
    }

    /** A constraint about an attribute that no host has at all is a slip more often than not, and told as one. */
    private Refused amongAll(Refused refused) {
        return question.demand
                .expressions()
                .checkClass(refused.nearest(), this::somebodyHas)
                .filter(veto -> veto.code().equals(refused.code()))
                .map(veto -> new Refused(refused.hosts(), refused.nearest(), veto))
                .orElse(refused);
    }

    private boolean somebodyHas(String attribute) {
        for (int c = 0; c < fleet.classes(); c++)
            if (fleet.byMemory().sizeOf(c) > 0
                    && fleet.example(c).attribute(attribute).isPresent()) return true;
        return false;
    }

    private void count(int hostClass) {
        HostOrder order = fleet.byMemory();
        int hosts = order.sizeOf(hostClass);
        int verdict = question.verdictOn(hostClass);
        if (verdict != Question.ALLOWED || limits.close(hostClass)) {
            Rule rule = verdict != Question.ALLOWED ? Rules.ALL.get(verdict) : Rules.SKEW;
            add(hosts, rule, fleet.host(order.select(hostClass, hosts - 1)));
            return;
        }
        int below = order.countBelow(hostClass, need.memory());
        if (below > 0) add(below, Rules.ROOM, fleet.host(order.select(hostClass, below - 1)));
        int withRoom = countThoseWithRoom(hostClass);
        int lacking = hosts - below - withRoom;
        if (lacking > 0) add(lacking, Rules.ROOM, nearestLacking(hostClass));
    }

    private int countThoseWithRoom(int hostClass) {
        HostOrder order = fleet.byMemory();
        int count = 0;
        int slot = order.least(hostClass, need.memory(), need.cpu(), need.gpus());
        for (; slot != HostOrder.NONE; slot = order.leastAfter(hostClass, slot, need.cpu(), need.gpus())) {
            Host host = fleet.host(slot);
            ruleAgainst(host).ifPresent(rule -> add(1, rule, host));
            count++;
        }
        return count;
    }

    /** Of those that look at single hosts, and the skew over hosts. */
    private Optional<Rule> ruleAgainst(Host host) {
        for (Rule rule : question.hostRules) if (!rule.allows(question.demand, host)) return Optional.of(rule);
        return host.tasksOf(question.demand.group()) > limits.mostOnHost() ? Optional.of(Rules.SKEW) : Optional.empty();
    }

    /** Of the hosts with enough memory and too little of the rest: the nearest of the first that are met. */
    private Host nearestLacking(int hostClass) {
        HostOrder order = fleet.byMemory();
        Host nearest = null;
        int seen = 0;
        int slot = order.least(hostClass, need.memory(), Integer.MIN_VALUE, 0);
        while (slot != HostOrder.NONE && seen < MAX_SEEN) {
            Host host = fleet.host(slot);
            if (!Rules.ROOM.allows(question.demand, host)) {
                seen++;
                if (nearest == null || shortfall(host) <= shortfall(nearest)) nearest = host;
            }
            slot = order.leastAfter(hostClass, slot, Integer.MIN_VALUE, 0);
        }
        if (nearest == null) throw new IllegalStateException("every host has room");
        return nearest;
    }

    private long shortfall(Host host) {
        return Rules.ROOM.check(question.demand, host).orElseThrow().shortfall();
    }

    private void add(int hosts, Rule rule, Host nearest) {
        Veto veto = rule.check(question.demand, nearest).orElseThrow();
        firstRule.merge(veto.code(), Rules.ALL.indexOf(rule), Math::min);
        byCode.merge(veto.code(), new Refused(hosts, nearest, veto), (known, more) -> known.and(hosts, nearest, veto));
    }
}
