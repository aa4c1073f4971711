package io.staithe.agent.container.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.PullProgress;
import io.staithe.agent.container.Image;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.PullRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images on this host, and fetching them. */
final class Images {
    /** How long a registry may keep a task waiting that could run with what is here. */
    private static final Duration ANSWER_WHEN_CACHED = Duration.ofSeconds(10);

    /** How Docker lists an image that has lost its name. */
    private static final String NONE = "<none>";

    private final Engine engine;

    Images(Engine engine) {
        this.engine = engine;
    }

    /**
     * Fetches what {@link PullBehavior} says must be fetched. A registry that says no to the credentials is obeyed: what
     * another tenant was allowed to fetch must not be had without asking.
     */
    Image pull(PullRequest request, PullProgress progress) throws ContainerException {
        Optional<Image> here = find(request.reference());
        if (here.isPresent() && suffices(here.get(), request)) return here.get();
        boolean fallBack = here.isPresent() && request.behavior() == PullBehavior.DEFAULT;
        try {
            ImagePull.run(engine, request, fallBack ? shorter(request.deadline()) : request.deadline(), progress);
        } catch (ContainerException e) {
            if (!fallBack || e.code() == Code.CANNOT_PULL_AUTH) throw e;
            return here.get();
        }
        return find(request.reference())
                .orElseThrow(() -> new ContainerException(
                        Code.CANNOT_PULL, request.reference() + " was pulled and is not here", null));
    }

    private static boolean suffices(Image here, PullRequest request) {
        return request.behavior() == PullBehavior.PREFER_CACHED
                || here.digest() == null
                || ImageReference.of(request.reference()).isDigest();
    }

    private static Duration shorter(Duration deadline) {
        return deadline.compareTo(ANSWER_WHEN_CACHED) < 0 ? deadline : ANSWER_WHEN_CACHED;
    }

    Optional<Image> find(String reference) throws ContainerException {
        ImageReference wanted = ImageReference.of(reference);
        return engine.call(Code.CANNOT_INSPECT, docker -> {
            try {
                return Optional.of(
                        image(docker.inspectImageCmd(wanted.toString()).exec(), wanted));
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    /** All but the network holder's, which is the agent's own. */
    List<Image> list() throws ContainerException {
        return engine.call(Code.CANNOT_INSPECT, docker -> docker.listImagesCmd().exec().stream()
                .map(Images::image)
                .filter(image -> !image.references().contains(HolderImage.REFERENCE))
                .toList());
    }

    boolean remove(String idOrReference) throws ContainerException {
        return engine.call(Code.CANNOT_REMOVE_IMAGE, docker -> {
            try {
                docker.removeImageCmd(idOrReference).exec();
                return true;
            } catch (NotFoundException gone) {
                return true;
            } catch (ConflictException used) {
                return false;
            }
        });
    }

    private static Image image(InspectImageResponse found, ImageReference wanted) {
        List<String> digests = Objects.requireNonNullElse(found.getRepoDigests(), List.of());
        return new Image(
                found.getId(),
                Objects.requireNonNullElse(found.getRepoTags(), List.of()),
                wanted.isDigest() ? wanted.version() : digest(digests, wanted),
                found.getSize(),
                Instant.parse(found.getCreated()));
    }

    private static Image image(com.github.dockerjava.api.model.Image listed) {
        return new Image(
                listed.getId(),
                named(listed.getRepoTags()).toList(),
                named(listed.getRepoDigests())
                        .map(digest -> ImageReference.of(digest).version())
                        .findFirst()
                        .orElse(null),
                listed.getSize(),
                Instant.ofEpochSecond(listed.getCreated()));
    }

    private static Stream<String> named(String @Nullable [] references) {
        return references == null
                ? Stream.empty()
                : Arrays.stream(references).filter(reference -> !reference.startsWith(NONE));
    }

    /** The digest under which the repository that was asked for has the image; another one may not have it. */
    private static @Nullable String digest(List<String> repoDigests, ImageReference wanted) {
        return repoDigests.stream()
                .map(ImageReference::of)
                .filter(digest -> wanted.isOf(digest.repository()))
                .map(ImageReference::version)
                .findFirst()
                .orElse(null);
    }
}
