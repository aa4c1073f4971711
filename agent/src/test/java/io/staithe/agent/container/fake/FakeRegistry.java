package io.staithe.agent.container.fake;

import io.staithe.agent.container.Image;
import io.staithe.core.model.ImageName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What registries have, for as many engines as share it: every tag that is asked for stands for an image, and for another one
 * after each {@link #push}. What a tag stood for before can still be had by its digest.
 */
public final class FakeRegistry {
    /** By tag, the number of its newest image. */
    private final Map<String, Integer> newest = new TreeMap<>();

    private final Set<String> missing = new HashSet<>();

    /** The tag stands for a new image from now on. */
    public void push(String tag) {
        newest.merge(tag, 1, Integer::sum);
    }

    /** Nobody has this any more, nor any image that this tag has ever stood for. */
    public void missing(String tag) {
        missing.add(tag);
    }

    /** The tags that were asked for. */
    public List<String> tags() {
        return List.copyOf(newest.keySet());
    }

    /** @param reference {@code name:tag} or {@code name:tag@digest}; empty: there is no such image */
    Optional<Image> find(String reference, Instant now) {
        Optional<String> digest = ImageName.digestOf(reference);
        String tag = digest.isEmpty() ? reference : reference.substring(0, reference.indexOf('@'));
        if (missing.contains(tag)) return Optional.empty();
        int number = newest.computeIfAbsent(tag, asked -> 0);
        if (digest.isEmpty()) return Optional.of(image(tag, number, now));
        return IntStream.rangeClosed(0, number)
                .mapToObj(earlier -> image(tag, earlier, now))
                .filter(image -> digest.get().equals(image.digest()))
                .findFirst();
    }

    private static Image image(String tag, int number, Instant now) {
        String name = tag + "/" + number;
        String hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return new Image("sha256:" + name, List.of(tag), "sha256:" + hash, 1, now);
    }
}
