/** How people see from outside what goes on: metrics, health, and one trace from a request to the containers it started. */
@NullMarked
package io.staithe.server.telemetry;

import org.jspecify.annotations.NullMarked;
