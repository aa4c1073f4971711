package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.PlacementReport.RuledOut;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Why a task waits, in the words of ECS's service events, for those who search for them or match them: which host comes
 * closest, and what it lacks.
 */
public final class ClosestMatch {
    private ClosestMatch() {}

    /** ECS's sentence, and what is known beyond it; {@code why} is of a task that waits. */
    static String of(PlacementReport why) {
        return why.ruledOut().stream()
                .filter(out -> !out.code().equals("INACTIVE"))
                .max(Comparator.comparingInt(RuledOut::hosts))
                .map(out -> of(out.nearestHost(), out.code(), why.summary()))
                .orElse("Reason: No Container Instances were found in your cluster.");
    }

    /**
     * The same of a host that is known by its name.
     *
     * @param code of the veto
     * @param inFull what is known beyond ECS's sentence, without its full stop
     */
    public static String of(@Nullable String host, String code, String inFull) {
        return "The closest matching (container-instance " + host + ") " + lacks(code) + ". In full: " + inFull + ".";
    }

    private static String lacks(String code) {
        return switch (code) {
            case "RESOURCE:CPU" -> "has insufficient CPU units available";
            case "RESOURCE:MEMORY" -> "has insufficient memory available";
            case "RESOURCE:PORTS" -> "is already using a port required by your task";
            case "ATTRIBUTE" -> "is missing an attribute required by your task";
            case "MemberOf" -> "encountered error \"MemberOf placement constraint unsatisfied.\"";
            default -> "encountered error \"" + code + "\"";
        };
    }
}
