package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;
import java.util.Comparator;

/**
 * What one reason keeps from taking a task.
 *
 * @param hosts how many hosts
 * @param nearest the one that comes closest; of several, the one with the most room
 * @param veto what it says of that one
 */
public record Refused(int hosts, Host nearest, Veto veto) {
    private static final Comparator<Refused> NEAREST = Comparator.<Refused>comparingLong(
                    refused -> refused.veto.shortfall())
            .thenComparing(refused -> -refused.nearest.freeMemory())
            .thenComparing(refused -> -refused.nearest.freeCpu())
            .thenComparing(refused -> refused.nearest.instance().id());

    public String code() {
        return veto.code();
    }

    PlacementReport.RuledOut told() {
        return new PlacementReport.RuledOut(code(), hosts, nearest.instance().hostName(), veto.message());
    }

    Refused and(int more, Host other, Veto itsVeto) {
        boolean isNearer = NEAREST.compare(new Refused(more, other, itsVeto), this) < 0;
        return new Refused(hosts + more, isNearer ? other : nearest, isNearer ? itsVeto : veto);
    }
}
