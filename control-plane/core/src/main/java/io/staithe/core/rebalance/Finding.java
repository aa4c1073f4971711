package io.staithe.core.rebalance;

/** Something that could be better: how, or why nothing is done about it. */
sealed interface Finding permits Proposal, Held {}
