/** The kernel's control groups: which of the machine's processes comes first when all want its processors. */
@NullMarked
package io.staithe.agent.cgroup;

import org.jspecify.annotations.NullMarked;
