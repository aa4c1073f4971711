/**
 * Turns the routing table (listeners, rules, target groups and their targets) into what a proxy understands,
 * through the TrafficProvider port. The order in which it adds, drains and removes targets is what makes a
 * deployment lose no request. Called by the agent in its edge role, by the server and by the simulation; it knows
 * nothing of capacity.
 */
@NullMarked
package io.staithe.loadbalancer;

import org.jspecify.annotations.NullMarked;
