package io.staithe.agent.task;

import java.time.Duration;

/**
 * The bounds of an agent's work.
 *
 * @param actionsInFlight creations, starts and removals at a time
 * @param pullsInFlight pulls at a time: a slow registry must not hold up those whose images are here
 * @param stopsInFlight stops, and what is run before them, at a time: each lasts as long as its timeout
 * @param checksInFlight checks at a time: each may last as long as its timeout
 * @param keepStopped how long the containers of a stopped task are kept for their logs
 * @param keepStoppedTasks and of how many tasks, the newest
 * @param epochGrace how long containers that the assignment does not name are kept after the control plane's store was
 *     restored from a copy
 * @param imageMinimumAge how long an image is unused before it is removed (ECS_IMAGE_MINIMUM_CLEANUP_AGE: 1 hour)
 * @param imageCycle how often unused images are looked for (ECS_IMAGE_CLEANUP_INTERVAL: 30 minutes)
 * @param imagesPerCycle how many are removed each time (ECS_NUM_IMAGES_DELETE_PER_CYCLE: 5)
 */
public record Limits(
        int actionsInFlight,
        int pullsInFlight,
        int stopsInFlight,
        int checksInFlight,
        Duration keepStopped,
        int keepStoppedTasks,
        Duration epochGrace,
        Duration imageMinimumAge,
        Duration imageCycle,
        int imagesPerCycle) {
    public static final Limits STANDARD = new Limits(
            8,
            3,
            64,
            32,
            Duration.ofHours(1),
            50,
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofMinutes(30),
            5);

    /** Actions of all kinds at a time. */
    public int inFlight() {
        return actionsInFlight + pullsInFlight + stopsInFlight + checksInFlight;
    }

    /** How many tasks that are over and gone are remembered, so that none of them starts again. */
    static final int TOMBSTONES = 1000;

    /** How many images are remembered as used by tasks. */
    static final int IMAGES = 500;

    /** How often something that may go better next time is tried. */
    static final int ATTEMPTS = 4;

    /** Delay before the second attempt; it doubles up to {@link #MAX_BACKOFF}. */
    static final Duration MIN_BACKOFF = Duration.ofSeconds(1);

    static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    /** Between SIGTERM and SIGKILL for a container whose definition is not known. */
    static final Duration STRAY_STOP_TIMEOUT = Duration.ofSeconds(30);
}
