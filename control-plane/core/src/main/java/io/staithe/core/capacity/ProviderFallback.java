package io.staithe.core.capacity;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityProviderStrategyItem;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which capacity provider a task gets when no hosts of its own are to be had: the next that its strategy names after it, so that
 * it never comes back to one. After FARGATE_SPOT comes FARGATE, whether it is named or not.
 */
public final class ProviderFallback {
    private ProviderFallback() {}

    /**
     * @param strategy in its order
     * @param provider whose hosts are not to be had
     * @param mayServe whether hosts of another one may be had
     * @return empty: the task waits on
     */
    public static Optional<String> next(
            List<CapacityProviderStrategyItem> strategy, String provider, Predicate<String> mayServe) {
        List<String> named = strategy.stream()
                .map(CapacityProviderStrategyItem::capacityProvider)
                .toList();
        int at = named.indexOf(provider);
        Stream<String> after = at < 0 ? Stream.empty() : named.stream().skip(at + 1);
        Stream<String> onDemand =
                provider.equals(CapacityProvider.FARGATE_SPOT) && !named.contains(CapacityProvider.FARGATE)
                        ? Stream.of(CapacityProvider.FARGATE)
                        : Stream.empty();
        return Stream.concat(after, onDemand).filter(mayServe).findFirst();
    }
}
