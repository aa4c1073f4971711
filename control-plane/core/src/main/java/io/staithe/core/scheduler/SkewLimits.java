package io.staithe.core.scheduler;

/**
 * What a demand's {@code maxSkew} leaves open as its group runs now: classes of hosts are closed by the counts of their zones,
 * hosts by their own. The least is taken over the hosts that no rule about classes excludes, those without room included:
 * a zone that is full holds the others back, as it would if it were merely slow.
 */
final class SkewLimits {
    private final ZoneCounts inZones = new ZoneCounts();
    /** By limited attribute. */
    private int[] mostInZone = {};

    private int limitedZones;
    private int leastOnHost;
    private int mostOnHost;

    /** Counts anew. */
    void count(Fleet fleet, Question question) {
        Zones zones = question.limitedZones;
        limitedZones = zones.count();
        mostOnHost = Integer.MAX_VALUE;
        if (question.demand.maxSkew().isEmpty()) return;
        inZones.count(zones, question.group, fleet.classes());
        if (mostInZone.length < limitedZones) mostInZone = new int[limitedZones];
        for (int z = 0; z < limitedZones; z++)
            mostInZone[z] = most(leastInZone(z, fleet, question), question.maxOver(z));
        if (question.maxOverHosts == Question.NO_LIMIT) return;
        leastOnHost = leastOnHost(fleet, question);
        mostOnHost = most(leastOnHost, question.maxOverHosts);
    }

    /** Whether a zone of the class has as many as it may have. */
    boolean close(int hostClass) {
        return firstClosed(hostClass) < limitedZones;
    }

    /** The first of the limited attributes whose zone has as many as it may have; or their number. */
    int firstClosed(int hostClass) {
        int zone = 0;
        while (zone < limitedZones && inZones.of(zone, hostClass) <= mostInZone[zone]) zone++;
        return zone;
    }

    /** The most tasks of the group that a host may run before it gets one more. */
    int mostOnHost() {
        return mostOnHost;
    }

    /** The fewest tasks of the group on an eligible host; only where the skew over hosts is limited. */
    int leastOnHost() {
        return leastOnHost;
    }

    /** The most tasks of the group that a zone may have before it gets one more. */
    int mostInZone(int zone) {
        return mostInZone[zone];
    }

    int inZone(int zone, int hostClass) {
        return inZones.of(zone, hostClass);
    }

    /** Whether the class counts when the least is looked for. */
    static boolean isEligible(int hostClass, Fleet fleet, Question question) {
        return question.verdictOn(hostClass) == Question.ALLOWED
                && fleet.byMemory().sizeOf(hostClass) > 0;
    }

    private int leastInZone(int zone, Fleet fleet, Question question) {
        int least = Integer.MAX_VALUE;
        for (int c = 0; c < fleet.classes(); c++)
            if (isEligible(c, fleet, question)) least = Math.min(least, inZones.of(zone, c));
        return least;
    }

    private static int leastOnHost(Fleet fleet, Question question) {
        Levels levels = fleet.levels(question.group);
        int least = Integer.MAX_VALUE;
        for (int c = 0; c < fleet.classes(); c++)
            if (isEligible(c, fleet, question))
                least = Math.min(least, levels.fewestIn(c, fleet.byMemory().sizeOf(c)));
        return least;
    }

    private static int most(int least, int max) {
        return least == Integer.MAX_VALUE ? least : least + max - 1;
    }
}
