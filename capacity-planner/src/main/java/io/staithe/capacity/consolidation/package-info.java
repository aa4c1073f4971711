/**
 * Which hosts are not worth their price: {@link io.staithe.capacity.consolidation.Consolidation} finds those whose tasks have
 * room elsewhere, on hosts that are there or on cheaper ones. A pure function; what it proposes, its caller carries out, by
 * draining, when windows and the last change allow it.
 */
@NullMarked
package io.staithe.capacity.consolidation;

import org.jspecify.annotations.NullMarked;
