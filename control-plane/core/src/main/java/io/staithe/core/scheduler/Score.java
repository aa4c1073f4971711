package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementPolicy.Preference;
import java.util.ArrayList;
import java.util.List;

/**
 * What a search saw of a host, for people: {@code preferred 80 of 100: met attribute:disk == ssd, 2 of its group where rack is r1,
 * 0 on the host, 3072 MiB free}.
 */
final class Score {
    private Score() {}

    static String of(Host host, Demand demand, Fleet fleet) {
        Question question = fleet.ask(demand);
        Ranking ranking = question.ranking;
        List<String> parts = new ArrayList<>();
        if (!demand.preferences().isEmpty()) parts.add(preferred(host, question));
        ranking.zones().forEach(zone -> parts.add(inZone(zone, host, question, fleet)));
        if (ranking.byHost()) parts.add(question.group.on(host.slot) + " on the host");
        ranking.zonesAfterHosts().forEach(zone -> parts.add(inZone(zone, host, question, fleet)));
        parts.add(
                switch (ranking.packing()) {
                    case ROOMIEST -> host.freeMemory() + " MiB free";
                    case LEAST_MEMORY -> use(host) + host.freeMemory() + " MiB free";
                    case LEAST_CPU -> use(host) + host.freeCpu() + " CPU units free";
                    case RANDOM -> "by chance";
                });
        return String.join(", ", parts);
    }

    private static String use(Host host) {
        return host.isInUse() ? "in use, " : "unused, ";
    }

    private static String preferred(Host host, Question question) {
        List<String> met = question.preferences.metBy(host);
        int most = question.demand.preferences().stream()
                .mapToInt(Preference::weight)
                .sum();
        return "preferred " + question.preferences.weightOf(host.hostClass(), host) + " of " + most
                + (met.isEmpty() ? "" : ": met " + String.join(" and ", met));
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
