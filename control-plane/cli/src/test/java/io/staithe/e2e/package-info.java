/**
 * The whole system as people use it: the {@code staithe} command, the AWS CLI, the AWS SDK for Java, HTTP through the load
 * balancer, and processes that are killed. {@code ./dev test --e2e} starts one system of three hosts for all of these tests,
 * on an engine of its own; each test leaves it as it found it. Nothing here knows a class of the system.
 */
package io.staithe.e2e;
