package io.staithe.agent;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.disk.DataFolder;
import io.staithe.agent.endpoint.EndpointServer;
import io.staithe.agent.session.ArnScope;
import io.staithe.agent.session.ControlPlaneLink;
import io.staithe.agent.session.LogOrder;
import io.staithe.agent.session.Refused;
import io.staithe.agent.task.Action;
import io.staithe.agent.task.AgentLoop;
import io.staithe.agent.task.Checkpoint;
import io.staithe.agent.task.Limits;
import io.staithe.agent.task.Outcome;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskReport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shell around {@link AgentLoop}: one thread that takes what happened out of its inbox, asks the loop what to do, writes
 * the checkpoint, and only then has workers do it. Ending it ends nothing else: containers and the proxy go on.
 */
final class Agent implements ControlPlaneLink.Owner {
    private static final System.Logger LOG = System.getLogger("agent");

    /** However long the loop could sleep: clocks jump. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    /** Beside the loop's own actions: the look, and what opens logs. */
    private static final int OTHER_WORKERS = 8;

    private final DataFolder folder;
    private final AgentLoop loop;
    private final ActionRunner runner;
    private final ContainerRuntime runtime;
    private final InstantSource clock;
    private final Traffic traffic;
    private final Inbox inbox = new Inbox();
    private final Workers workers;
    private final Looks looks;
    private final ControlPlaneLink link;
    private final LogStreams logs;
    private final Inside inside;
    private final @Nullable EndpointServer endpoint;
    private Checkpoint onDisk;
    private boolean isDiskFailing;
    private boolean owesEverything;
    private @Nullable RoutingTable routed;
    private @Nullable Refused refused;
    private boolean ending;

    /**
     * @param fargate as in {@link AgentLoop}
     * @param endpoint what tasks of this host ask; absent: they cannot
     * @param zone the host's Availability Zone; absent: nobody has said
     * @param link makes the connection for its owner, which is this
     */
    Agent(
            DataFolder folder,
            Limits limits,
            boolean fargate,
            ContainerRuntime runtime,
            ActionRunner runner,
            Traffic traffic,
            @Nullable EndpointServer endpoint,
            @Nullable String zone,
            InstantSource clock,
            Function<ControlPlaneLink.Owner, ControlPlaneLink> link) {
        this.folder = folder;
        this.runtime = runtime;
        this.runner = runner;
        this.traffic = traffic;
        this.clock = clock;
        onDisk = folder.restored();
        loop = new AgentLoop(
                folder.identity().instance(), folder.identity().incarnation(), limits, folder.restored(), fargate);
        workers = new Workers(limits.inFlight() + OTHER_WORKERS);
        looks = new Looks(runtime, loop, inbox, workers, clock);
        this.link = link.apply(this);
        logs = new LogStreams(runtime, this.link);
        this.endpoint = endpoint;
        inside = new Inside(inbox, loop, runtime, this.link, folder, zone);
    }

    /** Works until it is ended or refused. @return why the control plane will not have it; absent: it was ended */
    @Nullable
    Refused run() throws InterruptedException {
        ContainerRuntime.Subscription events = runtime.events(looks::markDirty);
        try {
            traffic.start(this::targetsChanged);
            link.start();
            if (endpoint != null) inside.serve(endpoint);
            while (!ending) turn();
        } finally {
            if (endpoint != null) endpoint.close();
            link.close();
            traffic.close();
            events.close();
            workers.close();
        }
        return refused;
    }

    /** From any thread. */
    void end() {
        inbox.put(() -> ending = true);
    }

    private void turn() throws InterruptedException {
        for (Runnable message : inbox.take(untilNextTurn())) message.run();
        looks.look();
        List<Action> actions = loop.next(clock.instant());
        List<TaskReport> changed = loop.takeChangedReports();
        changed.forEach(report -> LOG.log(Level.INFO, () -> Lines.of(report)));
        if (save()) {
            actions.forEach(this::begin);
            report(changed);
        } else {
            // Nothing may be begun that the disk does not know of; the reports are made up for when it does.
            owesEverything = true;
            actions.forEach(action -> loop.completed(
                    action,
                    Outcome.failed(Outcome.Failure.Kind.UNAVAILABLE, "the checkpoint cannot be written"),
                    clock.instant()));
        }
        route();
    }

    private Duration untilNextTurn() {
        Instant now = clock.instant();
        Instant next = looks.wakeAt().isBefore(loop.wakeAt()) ? looks.wakeAt() : loop.wakeAt();
        if (next.isAfter(now.plus(LONGEST_SLEEP))) return LONGEST_SLEEP;
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    private boolean save() {
        Checkpoint checkpoint = loop.checkpoint();
        if (checkpoint.equals(onDisk)) return true;
        try {
            folder.save(checkpoint);
            onDisk = checkpoint;
            if (isDiskFailing) LOG.log(Level.INFO, "the checkpoint can be written again");
            isDiskFailing = false;
            return true;
        } catch (IOException failure) {
            if (!isDiskFailing) LOG.log(Level.ERROR, "the checkpoint cannot be written: {0}", failure.toString());
            isDiskFailing = true;
            return false;
        }
    }

    private void begin(Action action) {
        workers.execute(() -> {
            Outcome outcome = runner.run(action);
            if (outcome.failure() != null)
                LOG.log(
                        Level.WARNING,
                        "{0}: {1}",
                        action.describe(),
                        outcome.failure().reason());
            inbox.put(() -> loop.completed(action, outcome, clock.instant()));
            if (outcome.failure() != null) looks.markDirty();
        });
    }

    /** Everything only once it has been looked at: what is missing there is taken for gone. */
    private void report(List<TaskReport> changed) {
        Optional<List<TargetHealth>> targets = traffic.health();
        if (owesEverything && loop.hasLooked() && targets.isPresent()) {
            link.report(true, loop.reports(), targets.get(), List.of());
            owesEverything = false;
        } else {
            link.report(false, changed, List.of(), List.of());
        }
    }

    private void route() {
        RoutingTable wanted = loop.assignment().routing();
        if (wanted.equals(routed) || !loop.isAssigned()) return;
        routed = wanted;
        traffic.desired(wanted);
    }

    /** Through the inbox: what the agent's thread says of everything must not come after what is newer. */
    private void targetsChanged(List<TargetHealth> health) {
        tell(() -> link.report(false, List.of(), health, List.of()));
    }

    @Override
    public void welcomed(String epoch, ArnScope scope) {
        LOG.log(Level.INFO, "connected to the control plane");
        tell(() -> {
            loop.welcome(epoch, clock.instant());
            if (endpoint != null) inside.located(scope, endpoint);
            owesEverything = true;
        });
    }

    @Override
    public void assigned(Assignment.Delta delta) {
        tell(() -> loop.assign(delta));
    }

    @Override
    public void logOrdered(LogOrder order) {
        tell(() -> {
            Map<String, String> containers = loop.containersOf(order.task());
            if (order.container() != null) containers.keySet().retainAll(List.of(order.container()));
            if (!workers.offer(() -> logs.open(order, containers))) link.endOfLog(order.id(), "this host is busy");
        });
    }

    @Override
    public void logCancelled(long id) {
        logs.cancel(id);
    }

    @Override
    public boolean isRuntimeHealthy() {
        return looks.isRuntimeHealthy();
    }

    @Override
    public void disconnected(String why, Duration pause) {
        LOG.log(Level.WARNING, "no session with the control plane: {0}; again in {1} ms", why, pause.toMillis());
        logs.cancelAll();
    }

    @Override
    public void refused(Refused refusal) {
        inbox.put(() -> {
            refused = refusal;
            ending = true;
        });
    }

    /** For threads that must not wait. A message that has no room ends the session: the next one begins anew. */
    private void tell(Runnable message) {
        if (!inbox.offer(message)) link.startOver("the agent cannot keep up");
    }
}
