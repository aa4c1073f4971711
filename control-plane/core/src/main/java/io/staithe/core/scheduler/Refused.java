package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;

/**
 * What one reason keeps from taking a task.
 *
 * @param hosts how many hosts
 * @param nearest the one that comes closest
 * @param veto what it says of that one
 */
public record Refused(int hosts, Host nearest, Veto veto) {
    public String code() {
        return veto.code();
    }

    PlacementReport.RuledOut told() {
        return new PlacementReport.RuledOut(code(), hosts, nearest.instance().hostName(), veto.message());
    }

    Refused and(int more, Host other, Veto itsVeto) {
        boolean isNearer = itsVeto.shortfall() < veto.shortfall();
        return new Refused(hosts + more, isNearer ? other : nearest, isNearer ? itsVeto : veto);
    }
}
