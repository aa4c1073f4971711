/**
 * Scheduled tasks: {@code FireTimes} says when, {@code ScheduleReconciler} starts the tasks and notes what became of each fire
 * time. Each task is a job's first one; the rest of the job's life is not told here. Shells ask {@code FireTimes} to check
 * expressions and to show the next times.
 */
@NullMarked
package io.staithe.core.schedule;

import org.jspecify.annotations.NullMarked;
