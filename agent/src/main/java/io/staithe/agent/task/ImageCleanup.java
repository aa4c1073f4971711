package io.staithe.agent.task;

import io.staithe.agent.container.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Removes images that tasks have used and no longer use, a few at a time, as ECS's automated image clean-up does. An image
 * that no task used, that a container uses, or that was built here and is in no registry is never removed.
 */
final class ImageCleanup {
    private static final Instant FOR_EVER = Instant.MAX.minus(Duration.ofDays(365_000));

    private final Map<String, Instant> lastUsed;
    private final Map<String, Work> toRemove = new LinkedHashMap<>();
    private final Work listing = new Work();
    private final Limits limits;
    private Instant nextListing = Instant.MAX;

    ImageCleanup(Limits limits, Map<String, Instant> lastUsed) {
        this.limits = limits;
        this.lastUsed = new TreeMap<>(lastUsed);
    }

    void used(String imageId, Instant now) {
        lastUsed.put(imageId, now);
        if (lastUsed.size() > Limits.IMAGES)
            lastUsed.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(lastUsed::remove);
    }

    /** @param inUse ids of the images of all containers that are there or about to be */
    void plan(Set<String> inUse, Round round) {
        if (nextListing.equals(Instant.MAX)) nextListing = round.now().plus(limits.imageCycle());
        if (round.isDue(nextListing))
            round.issue(new Action.ListImages(), listing, (outcome, mark, now) -> {
                if (outcome.failure() != null) listing.failed(outcome.failure(), mark, now);
                else {
                    listing.succeeded(mark);
                    nextListing = now.plus(limits.imageCycle());
                    inUse.forEach(id -> used(id, now));
                    choose(outcome.images(), now);
                }
            });
        toRemove.keySet().removeAll(inUse);
        toRemove.forEach((id, work) -> remove(id, work, round));
    }

    private void choose(List<Image> images, Instant now) {
        lastUsed.keySet().retainAll(images.stream().map(Image::id).toList());
        toRemove.clear();
        images.stream()
                .filter(image -> image.digest() != null)
                .filter(image -> !now.isBefore(lastUsed(image).plus(limits.imageMinimumAge())))
                .sorted(Comparator.comparing(this::lastUsed))
                .limit(limits.imagesPerCycle())
                .forEach(image -> toRemove.put(image.id(), new Work()));
    }

    /** An image that no task has used is not ours to remove: as if it were in use for ever. */
    private Instant lastUsed(Image image) {
        return lastUsed.getOrDefault(image.id(), FOR_EVER);
    }

    /** One that cannot be removed, because somebody else uses it, comes up again in the next cycle. */
    private void remove(String id, Work work, Round round) {
        round.issue(new Action.RemoveImage(id), work, (outcome, mark, now) -> toRemove.remove(id));
    }

    Map<String, Instant> lastUsed() {
        return lastUsed;
    }
}
