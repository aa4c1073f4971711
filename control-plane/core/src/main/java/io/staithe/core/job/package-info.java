/**
 * Jobs: tasks of RunTask that are to be done, rather than merely started once. A job waits for capacity, tries again after a
 * failure, and ends a task that runs for too long. {@code JobReconciler} is the only one that makes a job's further tasks and
 * that says how a job ended; the first task is made together with the job, by whoever asks for it.
 */
@NullMarked
package io.staithe.core.job;

import org.jspecify.annotations.NullMarked;
