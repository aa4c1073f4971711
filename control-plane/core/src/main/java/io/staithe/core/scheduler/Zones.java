package io.staithe.core.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attributes by whose values hosts are told apart, learned class by class: numbers instead of texts. */
final class Zones {
    private final List<String> attributes;
    private final List<Map<String, Integer>> numbers = new ArrayList<>();
    /** By attribute, then by class: a number that stands for the value. */
    private final int[][] values;

    Zones(List<String> attributes) {
        this.attributes = List.copyOf(attributes);
        this.values = new int[attributes.size()][0];
        for (int i = 0; i < attributes.size(); i++) numbers.add(new HashMap<>());
    }

    int count() {
        return attributes.size();
    }

    String attribute(int zone) {
        return attributes.get(zone);
    }

    /** From 0 to less than the number of classes; hosts without the attribute share a value of their own. */
    int valueOf(int zone, int hostClass) {
        return values[zone][hostClass];
    }

    /** @param example of the class whose number is the next one */
    void learn(int hostClass, Host example) {
        for (int i = 0; i < values.length; i++) {
            String value = example.instance().attribute(attributes.get(i)).orElse("");
            Map<String, Integer> known = numbers.get(i);
            if (hostClass >= values[i].length) values[i] = Arrays.copyOf(values[i], 2 * hostClass + 8);
            values[i][hostClass] = known.computeIfAbsent(value, any -> known.size());
        }
    }
}
