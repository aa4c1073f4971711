package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import io.staithe.core.scheduler.Rule.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A demand prepared for a fleet: which rules concern it, and for each class of hosts what those that look at classes say of it
 * and which values of the spread attributes it has. Learned once, and again when the fleet sorts its hosts into other classes.
 */
final class Question {
    /** No rule has anything against the class. Otherwise: the number of the rule that has, in {@link Rules#ALL}. */
    static final int ALLOWED = -1;

    /** The attributes spread over in one place of the ranking, as numbers instead of texts. */
    static final class Zones {
        private final List<String> attributes;
        private final List<Map<String, Integer>> numbers = new ArrayList<>();
        /** By attribute, then by class: a number that stands for the value. */
        private final int[][] values;

        private Zones(List<String> attributes) {
            this.attributes = attributes;
            this.values = new int[attributes.size()][0];
            for (int i = 0; i < attributes.size(); i++) numbers.add(new HashMap<>());
        }

        int count() {
            return attributes.size();
        }

        int valueOf(int attribute, int hostClass) {
            return values[attribute][hostClass];
        }

        private void learn(int hostClass, Host example) {
            for (int i = 0; i < values.length; i++) {
                String value = example.instance().attribute(attributes.get(i)).orElse("");
                Map<String, Integer> known = numbers.get(i);
                if (hostClass >= values[i].length) values[i] = Arrays.copyOf(values[i], 2 * hostClass + 8);
                values[i][hostClass] = known.computeIfAbsent(value, any -> known.size());
            }
        }
    }

    final Demand demand;
    final Group group;
    final Ranking ranking;
    final Rule[] hostRules;
    final Zones zones;
    final Zones zonesAfterHosts;
    final Zones zonesLast;
    /** How often the fleet had sorted its hosts when this was learned. */
    final int sorting;

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
        zones = new Zones(ranking.zones());
        zonesAfterHosts = new Zones(ranking.zonesAfterHosts());
        zonesLast = new Zones(ranking.zonesLast());
    }

    /** The attributes that an answer depends on: hosts that differ in one of them must be of different classes. */
    static Set<String> attributes(Demand demand) {
        Set<String> names = new HashSet<>();
        Ranking ranking = Ranking.of(demand);
        names.addAll(ranking.zones());
        names.addAll(ranking.zonesAfterHosts());
        names.addAll(ranking.zonesLast());
        if (demand.platform() != null) names.add(Attribute.CPU_ARCHITECTURE);
        names.addAll(demand.expressions().attributes());
        return names;
    }

    /** How many classes of hosts it knows: those with lower numbers. */
    int learned() {
        return learned;
    }

    /** @param example of the class whose number is {@link #learned} */
    void learn(Host example) {
        if (learned >= verdicts.length) verdicts = Arrays.copyOf(verdicts, 2 * learned + 8);
        verdicts[learned] = verdict(example);
        zones.learn(learned, example);
        zonesAfterHosts.learn(learned, example);
        zonesLast.learn(learned, example);
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

    /** Whether no rule that looks at single hosts has anything against this one. */
    boolean allows(Host host) {
        for (Rule rule : hostRules) if (!rule.allows(demand, host)) return false;
        return true;
    }
}
