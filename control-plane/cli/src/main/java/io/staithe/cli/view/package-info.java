/** How things look: tables, plans, live progress, JSON and YAML. Given data and a terminal, and asking nobody. */
@NullMarked
package io.staithe.cli.view;

import org.jspecify.annotations.NullMarked;
