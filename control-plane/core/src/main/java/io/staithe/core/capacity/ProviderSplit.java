package io.staithe.core.capacity;

import io.staithe.core.model.CapacityProviderStrategyItem;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How tasks are split over the capacity providers of a strategy, as ECS does: the base first, then by weight. A provider without
 * weight gets no more than its base. Between equals the one that is named first.
 */
public final class ProviderSplit {
    private ProviderSplit() {}

    /**
     * Whose the next task is: of the provider that would be least ahead of its share with it.
     *
     * @param tasks how many a provider has already
     * @return empty when no provider has a weight, and all bases are full
     */
    public static Optional<String> next(List<CapacityProviderStrategyItem> strategy, ToIntFunction<String> tasks) {
        for (CapacityProviderStrategyItem item : strategy)
            if (tasks.applyAsInt(item.capacityProvider()) < base(item)) return Optional.of(item.capacityProvider());
        CapacityProviderStrategyItem best = null;
        for (CapacityProviderStrategyItem item : strategy)
            if (weight(item) > 0 && (best == null || isLessAhead(item, best, tasks, 1))) best = item;
        return Optional.ofNullable(best).map(CapacityProviderStrategyItem::capacityProvider);
    }

    /** Whose task is given up first: of the provider that is most ahead of its share, one that is named nowhere before all. */
    public static Optional<String> last(List<CapacityProviderStrategyItem> strategy, ToIntFunction<String> tasks) {
        CapacityProviderStrategyItem worst = null;
        for (CapacityProviderStrategyItem item : strategy) {
            if (tasks.applyAsInt(item.capacityProvider()) <= base(item)) continue;
            if (weight(item) == 0) return Optional.of(item.capacityProvider());
            if (worst == null || !isLessAhead(item, worst, tasks, 0)) worst = item;
        }
        return Optional.ofNullable(worst).map(CapacityProviderStrategyItem::capacityProvider);
    }

    /** Compares tasks beyond the base by weight, without a fraction. */
    private static boolean isLessAhead(
            CapacityProviderStrategyItem one,
            CapacityProviderStrategyItem other,
            ToIntFunction<String> tasks,
            int more) {
        long ofOne = (long) tasks.applyAsInt(one.capacityProvider()) - base(one) + more;
        long ofOther = (long) tasks.applyAsInt(other.capacityProvider()) - base(other) + more;
        return ofOne * weight(other) < ofOther * weight(one);
    }

    private static int base(CapacityProviderStrategyItem item) {
        return item.base() == null ? 0 : item.base();
    }

    private static int weight(CapacityProviderStrategyItem item) {
        return item.weight() == null ? 0 : item.weight();
    }
}
