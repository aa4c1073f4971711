package io.staithe.core.rebalance;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;

/**
 * One task's way from a host to another.
 *
 * @param better what becomes better by it: a sentence without its full stop
 */
record Relocated(Service service, Task task, ContainerInstance from, ContainerInstance to, String better) {}
