/**
 * The operations of the ECS API over a store: AWS SDK model classes in and out, ECS's semantics, names, errors and
 * wording in between. Free of HTTP, of signatures and of frameworks; time comes from the caller, ids from {@link
 * io.staithe.server.ecs.Ids}.
 */
@NullMarked
package io.staithe.server.ecs;

import org.jspecify.annotations.NullMarked;
