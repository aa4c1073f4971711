/**
 * The shell around the core: public APIs, the agent gateway, stores, leadership, history, and the wiring of all
 * of them in Quarkus. It owns the clock, the threads and the I/O that the core must not have, and takes no
 * decision that the core could take. Nothing may depend on it: clients and agents reach it over the network.
 */
@NullMarked
package io.staithe.server;

import org.jspecify.annotations.NullMarked;
