package io.staithe.agent.container.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Docker's refusals in ECS's words. */
final class Failures {
    private static final int NO_ANSWER = 0;
    /** docker-java's message: {@code Status 404: {"message":"No such container: x"}}. */
    private static final Pattern BODY = Pattern.compile("\\{\\s*\"message\"\\s*:\\s*\"(.*)\"\\s*}", Pattern.DOTALL);

    private Failures() {}

    /** What {@code failure} means where {@code code} names the refusals; throws what is a bug. */
    static ContainerException of(Code code, Throwable failure) {
        if (failure instanceof NotFoundException) return ContainerException.notFound(code, detail(failure), failure);
        if (failure instanceof DockerException docker && docker.getHttpStatus() != NO_ANSWER)
            return new ContainerException(code, detail(failure), failure);
        if (failure instanceof IllegalArgumentException) return new ContainerException(code, detail(failure), failure);
        IOException broken = cause(failure);
        if (broken != null)
            return new ContainerException(Code.UNAVAILABLE, "the Docker Engine is away: " + detail(broken), failure);
        if (failure instanceof RuntimeException bug) throw bug;
        throw new IllegalStateException(failure);
    }

    /** The reasons for a failed pull that ECS tells apart, by the words of the engine and the registries. */
    static Code ofPull(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("unauthorized")
                || words.contains("access denied")
                || words.contains("authentication required")
                || words.contains("no basic auth credentials")
                || words.contains("denied:")) return Code.CANNOT_PULL_AUTH;
        if (words.contains("manifest") && (words.contains("unknown") || words.contains("not found")))
            return Code.CANNOT_PULL_MANIFEST;
        if (words.contains("no matching manifest")) return Code.CANNOT_PULL_MANIFEST;
        return Code.CANNOT_PULL;
    }

    static String detail(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) return failure.getClass().getSimpleName();
        Matcher body = BODY.matcher(message);
        return body.find() ? body.group(1).replace("\\\"", "\"").replace("\\n", " ") : message;
    }

    private static @Nullable IOException cause(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) if (t instanceof IOException io) return io;
        return null;
    }
}
