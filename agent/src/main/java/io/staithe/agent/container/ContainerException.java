package io.staithe.agent.container;

import org.jspecify.annotations.Nullable;

/**
 * Why the engine did not do what was asked. The message is ECS's reason: {@code CannotStartContainerError: ...}.
 * Never holds credentials or environment values.
 */
public final class ContainerException extends Exception {
    private static final int MAX_DETAIL_CHARS = 1024;

    /** ECS's error names ("Stopped tasks error codes" in its developer guide; the ECS agent's named errors). */
    public enum Code {
        CANNOT_PULL("CannotPullContainerError"),
        CANNOT_PULL_AUTH("CannotPullContainerAuthError"),
        CANNOT_PULL_MANIFEST("CannotPullImageManifestError"),
        CANNOT_CREATE("CannotCreateContainerError"),
        CANNOT_START("CannotStartContainerError"),
        CANNOT_STOP("CannotStopContainerError"),
        CANNOT_INSPECT("CannotInspectContainerError"),
        CANNOT_REMOVE("CannotRemoveContainerError"),
        CANNOT_REMOVE_IMAGE("CannotRemoveImageError"),
        CANNOT_CREATE_VOLUME("CannotCreateVolumeError"),
        CANNOT_REMOVE_VOLUME("CannotRemoveVolumeError"),
        /** The engine has the request and did not answer in time: done or not done. */
        TIMEOUT("ContainerRuntimeTimeoutError"),
        /** The engine is away. Says nothing about the containers, which go on without it. */
        UNAVAILABLE("ContainerRuntimeError"),
        /** A container met its memory limit. */
        OUT_OF_MEMORY("OutOfMemoryError");

        private final String ecsName;

        Code(String ecsName) {
            this.ecsName = ecsName;
        }

        public String ecsName() {
            return ecsName;
        }
    }

    private final Code code;
    private final boolean notFound;

    public ContainerException(Code code, String detail, @Nullable Throwable cause) {
        this(code, false, detail, cause);
    }

    /** The container or image that was spoken of does not exist. */
    public static ContainerException notFound(Code code, String detail, @Nullable Throwable cause) {
        return new ContainerException(code, true, detail, cause);
    }

    private ContainerException(Code code, boolean notFound, String detail, @Nullable Throwable cause) {
        super(code.ecsName() + ": " + bounded(detail), cause);
        this.code = code;
        this.notFound = notFound;
    }

    public Code code() {
        return code;
    }

    /** Whether it failed because the container or image does not exist. */
    public boolean notFound() {
        return notFound;
    }

    /** Whether this says nothing about the container or image: make the same call again later. */
    public boolean isTransient() {
        return code == Code.TIMEOUT || code == Code.UNAVAILABLE;
    }

    private static String bounded(String detail) {
        String line = detail.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_DETAIL_CHARS ? line : line.substring(0, MAX_DETAIL_CHARS) + "...";
    }
}
