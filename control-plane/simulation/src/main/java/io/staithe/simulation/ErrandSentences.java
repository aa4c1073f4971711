package io.staithe.simulation;

import static io.staithe.simulation.Language.mustBe;
import static io.staithe.simulation.Language.number;

import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleFire.Outcome;
import java.util.regex.Matcher;

/** Jobs and schedules, in sentences. */
final class ErrandSentences {
    private static final JobPolicy USUAL = new JobPolicy(300, 0, null);

    private final Stage stage;

    private ErrandSentences(Stage stage) {
        this.stage = stage;
    }

    static void in(Language language, Stage stage) {
        ErrandSentences here = new ErrandSentences(stage);
        Errands errands = stage.errands;
        language.say(
                "(\\w+) is a task that exits with (\\d+) after (\\d+) seconds",
                m -> errands.define(m.group(1), number(m, 3), number(m, 2)));
        language.say("(\\w+) is a task that does not end", m -> errands.defineEndless(m.group(1)));
        language.say(
                "(\\w+) is a task of (\\d+) CPU units that ends after (\\d+) seconds",
                m -> errands.defineLarge(m.group(1), number(m, 3), number(m, 2)));
        language.say("run (\\w+)", m -> errands.run(m.group(1), USUAL));
        language.say(
                "run (\\w+) with (\\d+) retr(?:y|ies)",
                m -> errands.run(m.group(1), new JobPolicy(300, number(m, 2), null)));
        language.say(
                "run (\\w+) for at most (\\d+) seconds",
                m -> errands.run(m.group(1), new JobPolicy(300, 0, number(m, 2))));
        language.say(
                "run (\\w+), waiting for at most (\\d+) seconds",
                m -> errands.run(m.group(1), new JobPolicy(number(m, 2), 0, null)));
        language.say("the job (\\w+) is stopped", m -> errands.stop(here.job(m)));
        language.say("the task of (\\w+) dies", here::dies);
        language.say("the job (\\w+) (?:is|has) (ACTIVE|SUCCEEDED|FAILED|STOPPED) with task (\\d+)", here::hasBecome);
        language.say(
                "schedule (\\w+) runs (\\w+) at ([a-z]+\\(.*\\))(?: in (\\S+))?(?:, (ALLOW|SKIP|REPLACE))?",
                here::declare);
        language.say(
                "schedule (\\w+) has (STARTED|SKIPPED|MISSED) (\\d+)",
                m -> mustBe((long) number(m, 3), here.fires(m, Outcome.valueOf(m.group(2))), m));
    }

    private Job job(Matcher m) {
        return stage.errands
                .newest(m.group(1))
                .orElseThrow(() -> new Violation("scenario", "there is no job " + m.group(1)));
    }

    private void dies(Matcher m) {
        Job job = job(m);
        for (Host host : stage.network.hosts)
            host.containers().stream()
                    .filter(container -> container.isAlive() && container.task().equals(job.task()))
                    .forEach(host::kill);
    }

    private void hasBecome(Matcher m) {
        Job job = job(m);
        mustBe(m.group(2) + " with task " + m.group(3), job.status() + " with task " + job.attempt(), m);
    }

    private void declare(Matcher m) {
        stage.errands.declare(
                m.group(1),
                m.group(3),
                m.group(4) == null ? "UTC" : m.group(4),
                m.group(2),
                1,
                USUAL,
                m.group(5) == null ? Schedule.Overlap.ALLOW : Schedule.Overlap.valueOf(m.group(5)),
                null);
    }

    private long fires(Matcher m, Outcome outcome) {
        return stage.errands.schedule(m.group(1)).orElseThrow().fires().stream()
                .filter(fire -> fire.outcome() == outcome)
                .count();
    }
}
