package io.staithe.simulation;

import static io.staithe.simulation.Language.mustBe;
import static io.staithe.simulation.Language.number;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What users want of services, and what has become of them, in sentences. */
final class ServiceSentences {
    private final Stage stage;
    private final Map<String, Set<Task>> remembered = new HashMap<>();

    private ServiceSentences(Stage stage) {
        this.stage = stage;
    }

    static void in(Language language, Stage stage) {
        ServiceSentences here = new ServiceSentences(stage);
        here.wishes(language);
        here.truths(language);
    }

    private void wishes(Language language) {
        User user = stage.user;
        language.say("create (\\S+) x (\\d+)( behind the load balancer)?", this::create);
        language.say(
                "create (\\S+) x (\\d+) on Fargate",
                m -> user.createFargate(m.group(1), number(m, 2), DeploymentConfiguration.DEFAULT));
        language.say("create daemon (\\S+)", this::createDaemon);
        language.say("create (\\S+) x (\\d+) with (BLUE_GREEN|LINEAR|CANARY) of its traffic", this::createStaged);
        language.say(
                "(\\S+) is asked to (PAUSE|CONTINUE|ROLLBACK|ABORT)",
                m -> user.ask(service(m), DeploymentRequest.Action.valueOf(m.group(2))));
        language.say("scale (\\S+) to (\\d+)", m -> user.scale(service(m), number(m, 2)));
        language.say("balance (\\S+)", m -> user.balance(service(m), true));
        language.say(
                "tasks may be moved (\\d+) seconds after their start",
                m -> user.rebalancing(movingAfter(number(m, 1))));
        language.say("deploy (\\S+)", m -> user.deploy(service(m)));
        language.say("delete (\\S+)", m -> user.delete(service(m)));
        language.say("a task of (\\S+) is stopped", m -> user.stop(any(m)));
    }

    private void truths(Language language) {
        language.say("remember (\\S+)", m -> remembered.put(m.group(1), running(m.group(1))));
        language.say(
                "(\\S+) runs (\\d+)",
                m -> mustBe(number(m, 2), running(m.group(1)).size(), m));
        language.say("(\\S+) runs (\\d+) on (host\\d+)", m -> mustBe(number(m, 2), on(m.group(3), m.group(1)), m));
        language.say("requests go to (\\d+) tasks? of (\\S+)", m -> mustBe(number(m, 1), served(m.group(2)), m));
        language.say(
                "(\\S+) is as remembered",
                m -> mustBe(ids(remembered.getOrDefault(m.group(1), Set.of())), ids(running(m.group(1))), m));
        language.say("(\\S+) has (\\d+) of the remembered", m -> mustBe(number(m, 2), kept(m.group(1)), m));
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

    private Service service(Matcher m) {
        return stage.user.service(m.group(1)).orElseThrow(() -> new Violation("scenario", "there is no " + m.group(1)));
    }

    private Set<Task> running(String service) {
        return stage.store
                .state()
                .tasksOf(new ServiceId("default", service))
                .filter(task -> task.isActive() && task.lastStatus() == LastStatus.RUNNING)
                .collect(Collectors.toSet());
    }

    private int on(String host, String service) {
        return (int) running(service).stream()
                .filter(task -> stage.network
                        .host(host)
                        .filter(one -> one.id.equals(task.instance()))
                        .isPresent())
                .count();
    }

    /** The oldest, so that each run is the same. */
    private Task any(Matcher m) {
        return running(m.group(1)).stream()
                .min(Comparator.comparing(Task::createdAt)
                        .thenComparing(task -> task.id().value()))
                .orElseThrow(() -> new Violation("scenario", "no task of " + m.group(1) + " runs"));
    }

    /** By every edge host. */
    private int served(String service) {
        Set<?> running = ids(running(service));
        return (int) stage.network.hosts.stream()
                .flatMapToLong(host -> host.edge == null
                        ? LongStream.empty()
                        : LongStream.of(host.edge.usable().stream()
                                .filter(server -> running.contains(server.task()))
                                .count()))
                .min()
                .orElse(0);
    }

    private int kept(String service) {
        Set<Object> both = new HashSet<>(ids(remembered.getOrDefault(service, Set.of())));
        both.retainAll(ids(running(service)));
        return both.size();
    }

    private static Set<?> ids(Set<Task> tasks) {
        return tasks.stream().map(Task::id).collect(Collectors.toSet());
    }
}
