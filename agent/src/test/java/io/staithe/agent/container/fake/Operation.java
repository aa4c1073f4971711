package io.staithe.agent.container.fake;

/** What an engine is asked to do, where a fault can strike. */
public enum Operation {
    INFO,
    PING,
    LIST,
    INSPECT,
    PULL,
    IMAGE,
    CREATE,
    START,
    CHECK,
    EXEC,
    STOP,
    KILL,
    REMOVE,
    VOLUME,
    LOGS
}
