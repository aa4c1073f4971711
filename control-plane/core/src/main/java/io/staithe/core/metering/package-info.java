/**
 * What tasks and bought hosts have used, and what that costs: by the second with a minimum of a minute, exact in whole numbers.
 * Pure; the control loop writes a {@link io.staithe.core.model.UsageRecord} in the commit that ends a task or a host, and the
 * API adds up what has ended and what runs (docs/adr/0010).
 */
@NullMarked
package io.staithe.core.metering;

import org.jspecify.annotations.NullMarked;
