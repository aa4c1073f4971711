package io.staithe.simulation;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentConfiguration.CanaryConfiguration;
import io.staithe.core.model.DeploymentConfiguration.LinearConfiguration;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A story in sentences, played on the simulated system without chance faults: each line lets something happen or says what
 * must be true. It documents what Staithe does as much as it tests it. {@code #} begins a comment.
 */
final class Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private record Sentence(Pattern form, Consumer<Matcher> meaning) {}

    private final Stage stage = new Stage(1);
    private final List<Sentence> language = new ArrayList<>();
    private final Map<String, Set<Task>> remembered = new HashMap<>();

    Scenario() {
        say(
                "(\\d+) control planes?, (\\d+) hosts?, (\\d+) of them edges?",
                m -> begin(number(m, 1), number(m, 2), number(m, 3)));
        say("create (\\S+) x (\\d+)( behind the load balancer)?", this::create);
        say("create daemon (\\S+)", this::createDaemon);
        say("create (\\S+) x (\\d+) with (BLUE_GREEN|LINEAR|CANARY) of its traffic", this::createStaged);
        say(
                "(\\S+) is asked to (PAUSE|CONTINUE|ROLLBACK|ABORT)",
                m -> stage.user.ask(service(m), DeploymentRequest.Action.valueOf(m.group(2))));
        say("scale (\\S+) to (\\d+)", m -> stage.user.scale(service(m), number(m, 2)));
        say("balance (\\S+)", m -> stage.user.balance(service(m), true));
        say(
                "tasks may be moved (\\d+) seconds after their start",
                m -> stage.user.rebalancing(movingAfter(number(m, 1))));
        say("deploy (\\S+)", m -> stage.user.deploy(service(m)));
        say("delete (\\S+)", m -> stage.user.delete(service(m)));
        say("drain (host\\d+)", m -> stage.user.drain(instance(m)));
        say("undrain (host\\d+)", m -> stage.user.undrain(instance(m)));
        say("the agent of (host\\d+) crashes", m -> host(m).crash());
        say("the agent of (host\\d+) loses its memory", m -> host(m).loseCheckpoint());
        say("the agent of (host\\d+) starts", m -> host(m).start());
        say("(host\\d+) reboots", m -> reboot(host(m)));
        say("(host\\d+) is cut off", m -> host(m).cutOff(true));
        say("(host\\d+) is reachable again", m -> host(m).cutOff(false));
        say("docker of (host\\d+) is away", m -> host(m).dockerAway(true));
        say("docker of (host\\d+) is back", m -> host(m).dockerAway(false));
        say("a container on (host\\d+) dies", m -> host(m).killAContainer());
        say("(cp\\d+) crashes", m -> controlPlane(m).crash());
        say("(cp\\d+) starts", m -> controlPlane(m).start());
        say("(\\d+) seconds pass", m -> stage.pass(Duration.ofSeconds(number(m, 1))));
        say("all is well", m -> settle());
        say("remember (\\S+)", m -> remembered.put(m.group(1), running(m.group(1))));
        say("(\\S+) runs (\\d+)", m -> mustBe(number(m, 2), running(m.group(1)).size(), m));
        say("(\\S+) runs (\\d+) on (host\\d+)", m -> mustBe(number(m, 2), on(host(m, 3), m.group(1)), m));
        say(
                "(\\S+) is as remembered",
                m -> mustBe(ids(remembered.getOrDefault(m.group(1), Set.of())), ids(running(m.group(1))), m));
        say("(\\S+) has (\\d+) of the remembered", m -> mustBe(number(m, 2), kept(m.group(1)), m));
    }

    /** @throws Violation at the first line whose words are not known or whose truth does not hold */
    void play(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceAll("#.*", "").strip();
            if (line.isEmpty()) continue;
            try {
                play(line);
            } catch (Violation violation) {
                throw new Violation("line " + (i + 1) + ", \"" + line + '"', String.valueOf(violation.getMessage()));
            }
        }
    }

    List<String> journal() {
        return stage.journal.last();
    }

    private void play(String line) {
        for (Sentence sentence : language) {
            Matcher matcher = sentence.form().matcher(line);
            if (!matcher.matches()) continue;
            stage.journal.write("> " + line);
            sentence.meaning().accept(matcher);
            return;
        }
        throw new Violation("scenario", "these words are not known");
    }

    private void say(String form, Consumer<Matcher> meaning) {
        language.add(new Sentence(Pattern.compile(form), meaning));
    }

    private void begin(int controlPlanes, int hosts, int edges) {
        stage.setUp(controlPlanes, hosts, edges);
        stage.pass(Duration.ofSeconds(10));
    }

    private void create(Matcher m) {
        stage.user.create(
                m.group(1), number(m, 2), m.group(3) != null, DeploymentConfiguration.DEFAULT, PlacementPolicy.NONE);
    }

    private static Rebalancing movingAfter(int seconds) {
        Rebalancing usual = Rebalancing.DEFAULT;
        return new Rebalancing(true, usual.movesAtOnce(), usual.movesPerHour(), seconds, usual.defragment(), List.of());
    }

    private void createDaemon(Matcher m) {
        stage.user.createDaemon(m.group(1), DaemonCheckers.ANYWHERE, DeploymentConfiguration.DEFAULT);
    }

    /** Both revisions run for a minute after the traffic has moved, and for a minute after each step of it. */
    private void createStaged(Matcher m) {
        DeploymentStrategy strategy = DeploymentStrategy.valueOf(m.group(3));
        stage.user.createStaged(
                m.group(1),
                number(m, 2),
                true,
                new DeploymentConfiguration(
                        null,
                        null,
                        null,
                        null,
                        strategy,
                        1,
                        strategy == DeploymentStrategy.LINEAR ? new LinearConfiguration(50.0, 1) : null,
                        strategy == DeploymentStrategy.CANARY ? new CanaryConfiguration(5.0, 1) : null,
                        List.of()));
    }

    private static void reboot(Host host) {
        host.reboot();
        host.start();
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

    private Set<Task> running(String service) {
        return stage.store
                .state()
                .tasksOf(new ServiceId("default", service))
                .filter(task -> task.isActive() && task.lastStatus() == LastStatus.RUNNING)
                .collect(Collectors.toSet());
    }

    private int on(Host host, String service) {
        return (int) running(service).stream()
                .filter(task -> host.id.equals(task.instance()))
                .count();
    }

    private int kept(String service) {
        Set<Object> both = new HashSet<>(ids(remembered.getOrDefault(service, Set.of())));
        both.retainAll(ids(running(service)));
        return both.size();
    }

    private static Set<?> ids(Set<Task> tasks) {
        return tasks.stream().map(Task::id).collect(Collectors.toSet());
    }

    private static void mustBe(Object expected, Object actual, Matcher sentence) {
        if (!expected.equals(actual)) throw new Violation(sentence.group(), "it is " + actual);
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private Service service(Matcher m) {
        return stage.user.service(m.group(1)).orElseThrow(() -> new Violation("scenario", "there is no " + m.group(1)));
    }

    private Host host(Matcher m) {
        return host(m, 1);
    }

    private Host host(Matcher m, int group) {
        return stage.network.hosts.stream()
                .filter(host -> host.name.equals(m.group(group)))
                .findFirst()
                .orElseThrow(() -> new Violation("scenario", "there is no " + m.group(group)));
    }

    private ContainerInstance instance(Matcher m) {
        return stage.store.state().instance(host(m).id).orElseThrow();
    }

    private ControlPlane controlPlane(Matcher m) {
        return stage.network.controlPlanes.stream()
                .filter(process -> process.name().startsWith(m.group(1) + "."))
                .findFirst()
                .orElseThrow(() -> new Violation("scenario", "there is no " + m.group(1)));
    }
}
