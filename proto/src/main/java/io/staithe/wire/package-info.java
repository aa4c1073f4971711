/**
 * The only hand-written code that knows both the generated protobuf classes and the domain. It turns messages
 * into records (whose constructors validate) and back, keeps absent apart from empty, and carries the schema
 * version that stops an older writer from dropping a newer writer's fields. The server's stores and gateway and
 * the agent's session call it; planners never see it.
 */
@NullMarked
package io.staithe.wire;

import org.jspecify.annotations.NullMarked;
