/**
 * What runs on every host: it observes containers and, in the edge role, the proxy, compares them with its
 * assignment, acts, and reports. It keeps the last assignment on disk and goes on working without the control
 * plane; it never stops a container because somebody is unreachable. Started by its main method; only the
 * simulation may depend on it, and it knows nothing of the server.
 */
@NullMarked
package io.staithe.agent;

import org.jspecify.annotations.NullMarked;
