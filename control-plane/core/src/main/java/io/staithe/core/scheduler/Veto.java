package io.staithe.core.scheduler;

/**
 * Why a host cannot take a task.
 *
 * @param code RunTask's failure reason, such as {@code RESOURCE:MEMORY}, {@code AGENT} or {@code ATTRIBUTE}
 * @param message what is needed and what is there, for people
 * @param shortfall how much is missing, to find the nearest miss; 0 where that has no meaning
 */
public record Veto(String code, String message, long shortfall) {
    static Veto of(String code, String message) {
        return new Veto(code, message, 0);
    }
}
