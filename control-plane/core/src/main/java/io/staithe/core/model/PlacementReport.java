package io.staithe.core.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a task is where it is, or why it still waits. Texts that are too long are cut here: they quote what users wrote, and
 * an explanation must never keep its task from being written.
 *
 * @param summary one sentence without its full stop
 * @param hosts how many there were to choose from
 * @param ruledOut by rule, those that could not
 * @param candidates the best of those that could, the chosen one first; empty while the task waits
 */
public record PlacementReport(String summary, int hosts, List<RuledOut> ruledOut, List<Candidate> candidates) {
    public static final int MAX_RULED_OUT = 12;
    public static final int MAX_CANDIDATES = 3;
    private static final int MAX_SUMMARY_CHARS = 4000;
    private static final int MAX_MESSAGE_CHARS = 500;

    /**
     * Hosts that one rule spoke against.
     *
     * @param code RunTask's failure reason, such as {@code RESOURCE:MEMORY}
     * @param hosts how many, at least 1
     * @param nearestHost the name of the one that came closest; absent where none is nearer than another
     * @param message what that host lacks, or what the rule asks for
     */
    public record RuledOut(String code, int hosts, @Nullable String nearestHost, String message) {
        public RuledOut {
            Check.text(code, "code", 128);
            Check.that(hosts >= 1, "hosts", "must be at least 1");
            message = cut(message, MAX_MESSAGE_CHARS);
        }

        private String told(int ofAll) {
            return code + " keeps out " + hosts + " of " + ofAll + (ofAll == 1 ? " host" : " hosts")
                    + (nearestHost == null ? ": " : "; the nearest miss: " + nearestHost + " ") + message + ".";
        }
    }

    /** @param score what it was compared by, such as {@code 2 tasks in zone a, 512 MiB free} */
    public record Candidate(InstanceId instance, String hostName, String score) {
        public Candidate {
            score = cut(score, MAX_MESSAGE_CHARS);
        }

        private String told() {
            return hostName + " with " + score + ".";
        }
    }

    public PlacementReport {
        summary = cut(summary, MAX_SUMMARY_CHARS);
        Check.that(hosts >= 0, "hosts", "must not be negative");
        ruledOut = Check.list(ruledOut);
        Check.atMost(ruledOut, MAX_RULED_OUT, "ruledOut");
        candidates = Check.list(candidates);
        Check.atMost(candidates, MAX_CANDIDATES, "candidates");
    }

    /** What it says beyond its summary, for people: a line for each rule that keeps hosts out, or for each of the best hosts. */
    public List<String> details() {
        List<String> lines = new ArrayList<>();
        for (RuledOut out : ruledOut) lines.add(out.told(hosts));
        for (int i = 0; i < candidates.size(); i++)
            lines.add((i == 0 ? "Chosen: " : "Then: ") + candidates.get(i).told());
        return lines;
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars - 3) + "...";
    }
}
