/** What tasks and hosts cost, for {@code staithe costs}: what runs, what waits for the database, and what is in it. */
@NullMarked
package io.staithe.server.costs;

import org.jspecify.annotations.NullMarked;
