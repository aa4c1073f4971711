/**
 * The API's HTTP: routes, bounds on bodies and on work in progress, streams. What a request means is decided elsewhere;
 * nothing here blocks the event loop, and nothing here trusts a client to be quick.
 */
@NullMarked
package io.staithe.server.http;

import org.jspecify.annotations.NullMarked;
