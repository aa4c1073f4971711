/**
 * Where agents connect: one gRPC stream each. The core decides who may come in, what reports mean and what a host is asked
 * to do; here are the streams, the heartbeats, and the bounds on both.
 */
@NullMarked
package io.staithe.server.gateway;

import org.jspecify.annotations.NullMarked;
