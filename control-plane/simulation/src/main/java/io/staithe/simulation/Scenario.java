package io.staithe.simulation;

import static io.staithe.simulation.Language.number;

import java.time.Duration;
import java.util.List;

/**
 * A story in sentences, played on the simulated system without chance faults: each line lets something happen or says what
 * must be true. It documents what Staithe does as much as it tests it. {@code #} begins a comment.
 */
final class Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Stage stage = new Stage(1);
    private final Language language = new Language();

    Scenario() {
        language.say(
                "(\\d+) control planes?, (\\d+) hosts?, (\\d+) of them edges?",
                m -> begin(number(m, 1), number(m, 2), number(m, 3)));
        language.say("(\\d+) seconds pass", m -> stage.pass(Duration.ofSeconds(number(m, 1))));
        language.say("all is well", m -> settle());
        ServiceSentences.in(language, stage);
        HostSentences.in(language, stage);
        ErrandSentences.in(language, stage);
        ImageSentences.in(language, stage);
    }

    /** @throws Violation at the first line whose words are not known or whose truth does not hold */
    void play(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceAll("#.*", "").strip();
            if (line.isEmpty()) continue;
            try {
                stage.journal.write("> " + line);
                language.hear(line);
            } catch (Violation violation) {
                throw new Violation("line " + (i + 1) + ", \"" + line + '"', String.valueOf(violation.getMessage()));
            }
        }
    }

    List<String> journal() {
        return stage.journal.last();
    }

    private void begin(int controlPlanes, int hosts, int edges) {
        stage.setUp(controlPlanes, hosts, edges);
        stage.pass(Duration.ofSeconds(10));
    }

    private void settle() {
        for (int second = 0; second < PATIENCE.toSeconds(); second++) {
            // What was just asked for has to be seen first.
            stage.pass(Duration.ofSeconds(1));
            if (stage.firstDifference().isEmpty()) return;
        }
        stage.firstDifference().ifPresent(difference -> {
            throw new Violation("not after " + PATIENCE.toSeconds() + " s", difference);
        });
    }
}
