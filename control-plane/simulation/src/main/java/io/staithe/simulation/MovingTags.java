package io.staithe.simulation;

import io.staithe.agent.container.fake.FakeRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * In some runs somebody pushes new images under the tags in use. By a chance of its own: what else happens in a run does not
 * depend on it.
 */
final class MovingTags {
    private static final double RUNS = 0.4;
    private static final Duration BETWEEN_PUSHES = Duration.ofSeconds(5);

    private final FakeRegistry registry;
    private final Timeline timeline;
    private final Journal journal;
    private final Chance chance;
    private final BooleanSupplier active;

    MovingTags(long seed, FakeRegistry registry, Timeline timeline, Journal journal, BooleanSupplier active) {
        this.registry = registry;
        this.timeline = timeline;
        this.journal = journal;
        this.active = active;
        chance = new Chance(~seed);
    }

    void start() {
        if (chance.happens(RUNS)) pushAfter();
    }

    private void pushAfter() {
        timeline.after(chance.exponential(BETWEEN_PUSHES), () -> {
            if (!active.getAsBoolean()) return;
            List<String> tags = registry.tags();
            if (!tags.isEmpty()) push(chance.pick(tags));
            pushAfter();
        });
    }

    private void push(String tag) {
        journal.write("the tag " + tag + " moves");
        registry.push(tag);
    }
}
