/**
 * The control loop: a machine without thread, I/O or clock that runs the ordered list of reconcilers over the state and
 * says which plan to commit next. The server and the simulation drive it.
 */
@NullMarked
package io.staithe.core.control;

import org.jspecify.annotations.NullMarked;
