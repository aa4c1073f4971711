/**
 * What has happened: service events, stopped tasks and deployments, in a relational database (H2 or PostgreSQL) that no
 * planner ever reads. It is written by following the state, so that nothing waits for it: a database that is away costs
 * explanations, never scheduling.
 */
@NullMarked
package io.staithe.server.history;

import org.jspecify.annotations.NullMarked;
