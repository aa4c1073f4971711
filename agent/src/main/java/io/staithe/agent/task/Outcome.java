package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.Finding;
import io.staithe.agent.container.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Action} ended.
 *
 * @param failure absent: it was done
 * @param container after create, start and stop: the container as it is now; absent where it is not there
 * @param image after a pull
 * @param images after listing them
 * @param finding after a check
 */
public record Outcome(
        @Nullable Failure failure,
        @Nullable Container container,
        @Nullable Image image,
        List<Image> images,
        @Nullable Finding finding) {
    public static final Outcome DONE = new Outcome(null, null, null, List.of(), null);

    public Outcome {
        images = List.copyOf(images);
    }

    public static Outcome container(Container container) {
        return new Outcome(null, container, null, List.of(), null);
    }

    public static Outcome image(Image image) {
        return new Outcome(null, null, image, List.of(), null);
    }

    public static Outcome images(List<Image> images) {
        return new Outcome(null, null, null, images, null);
    }

    public static Outcome found(Finding finding) {
        return new Outcome(null, null, null, List.of(), finding);
    }

    public static Outcome failed(Failure.Kind kind, String reason) {
        return new Outcome(new Failure(kind, reason), null, null, List.of(), null);
    }

    /** @param reason in ECS's words: {@code CannotPullContainerError: ...}; holds no secret */
    public record Failure(Kind kind, String reason) {
        public enum Kind {
            /** The runtime is away: nothing is known, and nothing is wrong with the container. Tried again without end. */
            UNAVAILABLE,
            /** No answer in time: done or not done. Tried again a few times. */
            TIMEOUT,
            /** It may go better next time. Tried again a few times. */
            RETRYABLE,
            /** What the action needs does not exist: the image to create from. */
            NOT_FOUND,
            /** It will fail each time. */
            PERMANENT
        }
    }
}
