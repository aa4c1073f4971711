/**
 * The two stores that outlive the process: one file (the default, for one control plane) and etcd (for as many as you
 * like). Both keep what {@code wire} writes, and both run core's contract test, which is their specification. The wiring
 * opens one of them; everybody else knows only {@link io.staithe.core.store.Store}.
 */
@NullMarked
package io.staithe.server.store;

import org.jspecify.annotations.NullMarked;
