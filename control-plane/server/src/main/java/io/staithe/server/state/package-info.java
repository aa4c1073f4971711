/**
 * This process's copy of the store's state. One view is open on the store; everybody here reads its snapshot, waits for a
 * revision, or follows it on a thread of its own. Nobody else opens a view.
 */
@NullMarked
package io.staithe.server.state;

import org.jspecify.annotations.NullMarked;
