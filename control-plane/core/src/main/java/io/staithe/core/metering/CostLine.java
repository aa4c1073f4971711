package io.staithe.core.metering;

import io.staithe.core.model.UsageAmounts;
import org.jspecify.annotations.Nullable;

/**
 * What one of those that costs are told by has used.
 *
 * @param cluster absent: the total
 * @param name of the cluster's part, such as a service; absent: all of the cluster, or what is known only as a sum
 * @param group a task's
 * @param capacityProvider absent: none, or not the same for all of the line
 * @param hostType a bought host's
 * @param tasks how many tasks
 * @param used by the tasks
 * @param hosts how many bought hosts
 * @param bought what those hosts had for tasks, and what they cost
 * @param micros what it all costs, in millionths of a dollar
 */
public record CostLine(
        @Nullable String cluster,
        @Nullable String name,
        @Nullable String group,
        @Nullable String capacityProvider,
        @Nullable String hostType,
        long tasks,
        UsageAmounts used,
        long hosts,
        UsageAmounts bought,
        long micros) {}
