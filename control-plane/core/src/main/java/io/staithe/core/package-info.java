/**
 * The domain and every decision about it: model, state, lifecycles, planners and the control loop, as plain Java.
 * Nothing here reads a clock, starts a thread, draws a random number, logs or does I/O, so the server, the
 * simulation and a what-if run the very same code and a seed replays a failure exactly. Every other module may
 * call it; it calls none of them. Time, ids and chance come in as arguments; reasons go out as data.
 */
@NullMarked
package io.staithe.core;

import org.jspecify.annotations.NullMarked;
