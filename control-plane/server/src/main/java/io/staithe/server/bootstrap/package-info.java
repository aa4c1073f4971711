/** What the first start makes once for ever: the store's epoch, the default cluster, the join token, the first access key. */
@NullMarked
package io.staithe.server.bootstrap;

import org.jspecify.annotations.NullMarked;
