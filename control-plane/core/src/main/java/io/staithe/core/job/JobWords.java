package io.staithe.core.job;

import io.staithe.core.model.Job;

/** How jobs are spoken of. */
final class JobWords {
    /** As ECS bounds the reason of a stop. */
    private static final int MAX_REASON_CHARS = 1024;

    private JobWords() {}

    static String word(Job.Status how) {
        return switch (how) {
            case ACTIVE -> "begun";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case STOPPED -> "been stopped";
        };
    }

    /** The largest unit that is whole. */
    static String time(long seconds) {
        if (seconds % 3_600 == 0 && seconds > 0) return seconds / 3_600 + " h";
        if (seconds % 60 == 0 && seconds > 0) return seconds / 60 + " min";
        return seconds + " s";
    }

    static String shortened(String text) {
        return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS - 3) + "...";
    }
}
