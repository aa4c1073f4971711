/**
 * Turns the routing table (listeners, rules, target groups and their targets) into what a proxy does, and what the proxy
 * sees into target health: observe, plan, act, report. {@link io.staithe.loadbalancer.EdgeLoop} plans and reports and is
 * pure; a {@link io.staithe.loadbalancer.TrafficProvider} observes and acts; {@link io.staithe.loadbalancer.EdgeRunner}
 * is the thread between the two. The order in which targets are added, drained and removed is what makes a deployment
 * lose no request. Called by the agent in its edge role and by the simulation; it knows nothing of capacity.
 */
@NullMarked
package io.staithe.loadbalancer;

import org.jspecify.annotations.NullMarked;
