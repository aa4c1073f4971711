package io.staithe.core.model;

/** What a deployment does at the moment: ECS's stages, in their order. Hooks of a stage run before the next one begins. */
public enum LifecycleStage {
    /** What an earlier deployment has left unfinished goes first. */
    RECONCILE_SERVICE,
    PRE_SCALE_UP,
    /** Tasks of the new revision start. */
    SCALE_UP,
    POST_SCALE_UP,
    /** The test listener's rule leads to the new revision. */
    TEST_TRAFFIC_SHIFT,
    POST_TEST_TRAFFIC_SHIFT,
    PRE_PRODUCTION_TRAFFIC_SHIFT,
    /** Production traffic moves, in one step or in several. */
    PRODUCTION_TRAFFIC_SHIFT,
    POST_PRODUCTION_TRAFFIC_SHIFT,
    /** Both revisions run, and the new one has all traffic. */
    BAKE_TIME,
    /** The old revision's tasks end. */
    CLEAN_UP
}
