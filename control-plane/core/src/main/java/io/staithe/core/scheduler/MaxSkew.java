package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * With one task more, neither the host's zone nor the host has more tasks of the group above the least than {@code maxSkew}
 * allows. The search does not ask here, but keeps {@link SkewLimits} of its own.
 */
final class MaxSkew implements Rule {
    @Override
    public Scope scope(Demand demand) {
        return demand.maxSkew().isEmpty() ? Scope.NOTHING : Scope.COUNTS;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        if (demand.maxSkew().isEmpty()) return Optional.empty();
        // First: it may sort the hosts into other classes.
        Question question = host.fleet().ask(demand);
        SkewLimits limits = new SkewLimits();
        limits.count(host.fleet(), question);
        int zone = limits.firstClosed(host.hostClass());
        if (zone < question.limitedZones.count()) return Optional.of(zoneVeto(zone, host, question, limits));
        int tasks = host.tasksOf(demand.group());
        if (tasks <= limits.mostOnHost()) return Optional.empty();
        return Optional.of(veto(
                "", tasks + 1 - limits.leastOnHost(), "the host with the fewest of its group", question.maxOverHosts));
    }

    private static Veto zoneVeto(int zone, Host host, Question question, SkewLimits limits) {
        int max = question.maxOver(zone);
        int tasks = limits.inZone(zone, host.hostClass());
        int least = limits.mostInZone(zone) - max + 1;
        String attribute = question.limitedZones.attribute(zone);
        Fleet fleet = host.fleet();
        String leastFilled = IntStream.range(0, fleet.classes())
                .filter(c -> SkewLimits.isEligible(c, fleet, question) && limits.inZone(zone, c) == least)
                .mapToObj(c -> valueOf(attribute, fleet.example(c)))
                .sorted()
                .findFirst()
                .orElseThrow();
        String name = attribute.equals(Attribute.AVAILABILITY_ZONE) ? "zone" : attribute;
        return veto(name + " " + valueOf(attribute, host) + " ", tasks + 1 - least, name + " " + leastFilled, max);
    }

    private static Veto veto(String what, int skew, String than, int max) {
        String message = what + "would have " + skew + " more than " + than + ", at most " + max + " allowed";
        return new Veto("MaxSkew", message, (long) skew - max);
    }

    private static String valueOf(String attribute, Host host) {
        return host.instance().attribute(attribute).orElse("(not set)");
    }
}
