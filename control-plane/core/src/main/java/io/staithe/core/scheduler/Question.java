package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.scheduler.Rule.Scope;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A demand prepared for a fleet: which rules concern it, and for each class of hosts what those that look at classes say of it,
 * how well it meets the preferences, and which values it has of the attributes that tasks are counted by. Learned once, and
 * again when the fleet sorts its hosts into other classes.
 */
final class Question {
    /** No rule has anything against the class. Otherwise: the number of the rule that has, in {@link Rules#ALL}. */
    static final int ALLOWED = -1;
    /** Of {@link #maxOverHosts}: the skew over hosts is not limited. */
    static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final String ATTRIBUTE = "attribute:";

    final Demand demand;
    final Group group;
    final Ranking ranking;
    final Rule[] hostRules;
    final Preferences preferences;
    final Zones zones;
    final Zones zonesAfterHosts;
    final Zones zonesLast;
    /** Those of the attributes whose skew is limited. */
    final Zones limitedZones;
    /** How much the skew over hosts is limited, or {@link #NO_LIMIT}. */
    final int maxOverHosts;
    /** How often the fleet had sorted its hosts when this was learned. */
    final int sorting;

    private final int[] maxOverZones;
    private int[] verdicts = {};
    private int learned;

    Question(Demand demand, Group group, int sorting) {
        this.demand = demand;
        this.group = group;
        this.sorting = sorting;
        ranking = Ranking.of(demand);
        hostRules = Rules.ALL.stream()
                .filter(rule -> rule.scope(demand) == Scope.HOST)
                .toArray(Rule[]::new);
        preferences = new Preferences(demand);
        zones = new Zones(ranking.zones());
        zonesAfterHosts = new Zones(ranking.zonesAfterHosts());
        zonesLast = new Zones(ranking.zonesLast());
        limitedZones = new Zones(limitedAttributes(demand));
        maxOverZones = demand.maxSkew().stream()
                .filter(Question::isOverZones)
                .mapToInt(Skew::max)
                .toArray();
        maxOverHosts = demand.maxSkew().stream()
                .filter(skew -> !isOverZones(skew))
                .mapToInt(Skew::max)
                .min()
                .orElse(NO_LIMIT);
    }

    /** The attributes that an answer depends on: hosts that differ in one of them must be of different classes. */
    static Set<String> attributes(Demand demand) {
        Set<String> names = new HashSet<>();
        Ranking ranking = Ranking.of(demand);
        names.addAll(ranking.zones());
        names.addAll(ranking.zonesAfterHosts());
        names.addAll(ranking.zonesLast());
        names.addAll(limitedAttributes(demand));
        if (demand.platform() != null) names.add(Attribute.CPU_ARCHITECTURE);
        names.addAll(demand.expressions().attributes());
        names.addAll(new Preferences(demand).attributes());
        return names;
    }

    private static List<String> limitedAttributes(Demand demand) {
        return demand.maxSkew().stream()
                .filter(Question::isOverZones)
                .map(skew -> skew.field().substring(ATTRIBUTE.length()))
                .toList();
    }

    private static boolean isOverZones(Skew skew) {
        return skew.field().startsWith(ATTRIBUTE);
    }

    /** How many classes of hosts it knows: those with lower numbers. */
    int learned() {
        return learned;
    }

    /** @param example of the class whose number is {@link #learned} */
    void learn(Host example) {
        if (learned >= verdicts.length) verdicts = Arrays.copyOf(verdicts, 2 * learned + 8);
        verdicts[learned] = verdict(example);
        preferences.learn(learned, example);
        zones.learn(learned, example);
        zonesAfterHosts.learn(learned, example);
        zonesLast.learn(learned, example);
        limitedZones.learn(learned, example);
        learned++;
    }

    int verdictOn(int hostClass) {
        return verdicts[hostClass];
    }

    private int verdict(Host example) {
        for (int i = 0; i < Rules.ALL.size(); i++) {
            Rule rule = Rules.ALL.get(i);
            if (rule.scope(demand) == Scope.CLASS && !rule.allows(demand, example)) return i;
        }
        return ALLOWED;
    }

    /** How much the skew over a limited attribute may be. */
    int maxOver(int limitedZone) {
        return maxOverZones[limitedZone];
    }

    /** Whether no rule that looks at single hosts has anything against this one. */
    boolean allows(Host host) {
        for (Rule rule : hostRules) if (!rule.allows(demand, host)) return false;
        return true;
    }
}
