package io.staithe.core.model;

/** A container port and the host port under which it is reached. */
public record NetworkBinding(String bindIP, int containerPort, int hostPort, String protocol) {}
