package io.staithe.core.scheduler;

import java.util.ArrayList;
import java.util.List;

/** What a ranking saw of a host, for people: {@code 2 of its group where disk is ssd, 0 on the host, 3072 MiB free}. */
final class Score {
    private Score() {}

    static String of(Host host, Demand demand, Fleet fleet) {
        Question question = fleet.ask(demand);
        Ranking ranking = question.ranking;
        List<String> parts = new ArrayList<>();
        ranking.zones().forEach(zone -> parts.add(inZone(zone, host, question, fleet)));
        if (ranking.byHost()) parts.add(question.group.on(host.slot) + " on the host");
        ranking.zonesAfterHosts().forEach(zone -> parts.add(inZone(zone, host, question, fleet)));
        parts.add(
                switch (ranking.packing()) {
                    case LEAST_CPU -> host.freeCpu() + " CPU units free";
                    case RANDOM -> "by chance";
                    default -> host.freeMemory() + " MiB free";
                });
        return String.join(", ", parts);
    }

    private static String inZone(String attribute, Host host, Question question, Fleet fleet) {
        String value = host.instance().attribute(attribute).orElse("");
        int tasks = 0;
        for (int c = 0; c < fleet.classes(); c++)
            if (fleet.example(c).instance().attribute(attribute).orElse("").equals(value))
                tasks += question.group.in(c);
        return tasks + " of its group where " + attribute + " is " + (value.isEmpty() ? "not set" : value);
    }
}
