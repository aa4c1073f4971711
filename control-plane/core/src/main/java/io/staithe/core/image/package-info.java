/**
 * Which image a task runs: what a tag stands for is found out once for each deployment, and holds for all of its tasks. Asked by
 * whoever judges tasks, plans deployments or tells hosts what to run.
 */
@NullMarked
package io.staithe.core.image;

import org.jspecify.annotations.NullMarked;
