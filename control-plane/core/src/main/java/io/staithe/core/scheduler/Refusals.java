package io.staithe.core.scheduler;

import io.staithe.core.model.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what keeps every host of a fleet from taking a task, reason by reason, from the same classes and orders that the
 * search goes through: no host is looked at alone unless it has room. Each host counts once, for the first rule that it breaks.
 */
final class Refusals {
    private static final Rule ROOM = new ResourcesFit();
    /** Hosts of a class that are compared to find the nearest miss in CPU or GPUs. */
    private static final int MAX_SEEN = 32;

    private final Fleet fleet;
    private final Question question;
    private final Resources need;
    private final Map<String, Refused> byCode = new LinkedHashMap<>();

    private Refusals(Fleet fleet, Question question) {
        this.fleet = fleet;
        this.question = question;
        this.need = question.demand.need();
    }

    /** Of hosts that would take it nothing is said. In the order of the rules, then of the classes of hosts. */
    static List<Refused> of(Fleet fleet, Question question) {
        Refusals refusals = new Refusals(fleet, question);
        for (int c = 0; c < fleet.classes(); c++) if (fleet.byMemory().sizeOf(c) > 0) refusals.count(c);
        return refusals.byCode.values().stream().map(refusals::amongAll).toList();
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
        if (verdict != Question.ALLOWED) {
            add(hosts, Rules.ALL.get(verdict), fleet.host(order.select(hostClass, 0)));
            return;
        }
        int below = order.countBelow(hostClass, need.memory());
        if (below > 0) add(below, ROOM, fleet.host(order.select(hostClass, below - 1)));
        int withRoom = countThoseWithRoom(hostClass);
        int lacking = hosts - below - withRoom;
        if (lacking > 0) add(lacking, ROOM, nearestLacking(hostClass));
    }

    private int countThoseWithRoom(int hostClass) {
        HostOrder order = fleet.byMemory();
        int count = 0;
        int slot = order.least(hostClass, need.memory(), need.cpu(), need.gpus());
        for (; slot != HostOrder.NONE; slot = order.leastAfter(hostClass, slot, need.cpu(), need.gpus())) {
            Host host = fleet.host(slot);
            count++;
            for (Rule rule : question.hostRules)
                if (!rule.allows(question.demand, host)) {
                    add(1, rule, host);
                    break;
                }
        }
        return count;
    }

    /** Of the hosts with enough memory and too little of the rest: the nearest of the first that are met. */
    private Host nearestLacking(int hostClass) {
        HostOrder order = fleet.byMemory();
        Host nearest = null;
        int seen = 0;
        int slot = order.least(hostClass, need.memory(), Integer.MIN_VALUE, 0);
        while (slot != HostOrder.NONE && seen < MAX_SEEN) {
            Host host = fleet.host(slot);
            if (!ROOM.allows(question.demand, host)) {
                seen++;
                if (nearest == null || shortfall(host) < shortfall(nearest)) nearest = host;
            }
            slot = order.leastAfter(hostClass, slot, Integer.MIN_VALUE, 0);
        }
        if (nearest == null) throw new IllegalStateException("every host has room");
        return nearest;
    }

    private long shortfall(Host host) {
        return ROOM.check(question.demand, host).orElseThrow().shortfall();
    }

    private void add(int hosts, Rule rule, Host nearest) {
        Veto veto = rule.check(question.demand, nearest).orElseThrow();
        byCode.merge(veto.code(), new Refused(hosts, nearest, veto), (known, more) -> known.and(hosts, nearest, veto));
    }
}
