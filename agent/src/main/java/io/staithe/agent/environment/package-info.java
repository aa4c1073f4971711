/**
 * What containers get that only their host knows: environment files, secrets and registry credentials, all from files that
 * the host's owner put there. Nothing of it passes through the control plane, is logged, or stands in an error. Called
 * where a container is created or an image pulled.
 */
@NullMarked
package io.staithe.agent.environment;

import org.jspecify.annotations.NullMarked;
