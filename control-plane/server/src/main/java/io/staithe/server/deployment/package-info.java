/**
 * What people see and ask of deployments beside the ECS API: progress, history, differences between revisions, pauses and
 * rollbacks, and the alarms that deployments heed. {@link io.staithe.server.deployment.DeploymentApi} is the way in.
 */
@NullMarked
package io.staithe.server.deployment;

import org.jspecify.annotations.NullMarked;
