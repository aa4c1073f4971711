package io.staithe.core.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepared questions that are kept; the least recently asked ones go first. */
final class Questions {
    private static final int MAX_KEPT = 4096;

    private final Map<Demand, Question> byDemand = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Demand, Question> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** What was asked last: a decision that is explained asks the same several times. */
    private @Nullable Question last;

    /** Absent: it was not asked, or not since hosts have been sorted for the {@code sorting}th time. */
    @Nullable
    Question of(Demand demand, int sorting) {
        Question known = last != null && last.demand.equals(demand) ? last : byDemand.get(demand);
        if (known == null || known.sorting != sorting) return null;
        last = known;
        return known;
    }

    void keep(Question question) {
        byDemand.put(question.demand, question);
        last = question;
    }

    void clear() {
        byDemand.clear();
        last = null;
    }
}
