/** The part of AWS's Security Token Service that clients ask before anything else: who am I. Only the wiring calls it. */
@NullMarked
package io.staithe.server.sts;

import org.jspecify.annotations.NullMarked;
