package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.wire.WireCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment: what was answered is there, and no plan is half there. */
@Tag("real")
final class KilledStoreTest {
    private static final int ROUNDS = 5;
    private static final int THREADS = 4;
    private static final int MAX_ANSWERS_BEFORE_KILL = 400;
    private static final String PAIR = "pair-";
    private static final String ANSWER = "answered ";

    @TempDir
    Path folder;

    /** What is killed: commits numbered objects for ever and says which were answered. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]), new WireCodec());
            for (int t = 0; t < THREADS; t++) {
                String name = arguments[1] + "-" + t + "-";
                new Thread(() -> commitForEver(store, name)).start();
            }
        }

        private static void commitForEver(EmbeddedStore store, String name) {
            for (int i = 0; ; i++) {
                String own = name + i;
                Plan plan = Plan.of(
                        Change.create(new Setting(own, "x".repeat(i % 7 * 1000))),
                        Change.put(new Setting(PAIR + "left", own), Change.ANY),
                        Change.create(new Setting(own + "-too", "")),
                        Change.put(new Setting(PAIR + "right", own), Change.ANY));
                CommitResult result = store.commit(plan);
                if (!(result instanceof CommitResult.Committed committed))
                    throw new IllegalStateException(result.toString());
                System.out.println(ANSWER + own + " " + committed.revision());
            }
        }
    }

    @Test
    void nothingThatWasAnsweredIsLostAndNoPlanIsHalfApplied() throws Exception {
        Sample sample = new Sample(17);
        List<String> answered = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            answered.addAll(killedAfter(sample.between(1, MAX_ANSWERS_BEFORE_KILL), round));
            try (EmbeddedStore store = EmbeddedStore.open(folder, new WireCodec())) {
                check(store.open(event -> {}).snapshot(), answered);
            }
        }
    }

    /** Runs a child until it has said so many answers; all that it said, with what it said while it was being killed. */
    private List<String> killedAfter(int answers, int round) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        "round-" + round)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = child.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(ANSWER)) said.add(line);
                if (said.size() == answers) child.toHandle().destroyForcibly();
            }
        } finally {
            child.toHandle().destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the child does not end");
        }
        assertTrue(said.size() >= answers, "the child ended by itself after " + said);
        return said;
    }

    private static void check(ClusterState state, List<String> answered) {
        long last = 0;
        for (String line : answered) {
            // A line that was cut off by the kill is no answer.
            String[] words = line.split(" ");
            if (words.length < 3) continue;
            assertTrue(state.get(key(words[1])).isPresent(), () -> words[1] + " was answered and is lost");
            last = Math.max(last, state.revisionOf(key(words[1])));
        }
        assertTrue(state.revision() >= last);
        assertEquals(value(state, PAIR + "left"), value(state, PAIR + "right"));
        assertEquals(state.revisionOf(key(PAIR + "left")), state.revisionOf(key(PAIR + "right")));
        state.all(Kind.SETTING, Setting.class)
                .filter(setting ->
                        !setting.name().startsWith(PAIR) && !setting.name().endsWith("-too"))
                .forEach(setting -> assertEquals(
                        state.revisionOf(setting.key()),
                        state.revisionOf(key(setting.name() + "-too")),
                        () -> setting.name() + " is half applied"));
    }

    private static String value(ClusterState state, String name) {
        return state.get(key(name), Setting.class).orElseThrow().value();
    }

    private static Key key(String name) {
        return new Key(Kind.SETTING, name);
    }
}
