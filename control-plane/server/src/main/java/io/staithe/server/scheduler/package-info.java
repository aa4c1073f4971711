/**
 * EventBridge Scheduler's API over the schedules that files declare too ({@link io.staithe.core.model.Schedule}), for targets
 * that are ECS clusters. Clusters stand in the place of schedule groups.
 */
@NullMarked
package io.staithe.server.scheduler;

import org.jspecify.annotations.NullMarked;
