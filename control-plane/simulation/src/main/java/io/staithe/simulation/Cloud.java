package io.staithe.simulation;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderCall;
import io.staithe.capacity.provider.ProviderCall.Answer;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.core.model.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A provider of hosts that is slow, refuses, and loses answers to what it has done; whose hosts now and then never join, are taken
 * back after notice, or vanish. What it has is the truth that the checkers look at.
 */
final class Cloud {
    static final String NAME = "local";

    private final Network network;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private Faults faults = Faults.NONE;
    private final Map<InstanceId, ListedHost> hosts = new TreeMap<>();
    private final Map<InstanceId, Host> machines = new TreeMap<>();
    private final Set<InstanceId> started = new HashSet<>();
    private int numbers;

    Cloud(Network network, Timeline timeline, Chance chance, Journal journal) {
        this.network = network;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
    }

    void faults(Faults to) {
        faults = to;
    }

    /** Everything that runs, and is paid for. */
    Set<InstanceId> running() {
        Set<InstanceId> running = new TreeSet<>();
        hosts.values().stream()
                .filter(host -> host.state().compareTo(ListedHost.State.ENDING) < 0)
                .forEach(host -> running.add(host.id()));
        return running;
    }

    /** Answers after a while, or never says what it did. */
    void ask(ProviderCall call, Consumer<Answer> answer) {
        Duration there = chance.happens(faults.providerFails()) ? chance.millis(1_000, 20_000) : chance.millis(5, 300);
        timeline.after(there, () -> {
            if (chance.happens(faults.providerFails())) {
                answer.accept(refusal());
                return;
            }
            Answer real = act(call);
            boolean lost = chance.happens(faults.providerFails());
            timeline.after(
                    chance.millis(5, 300),
                    () -> answer.accept(lost ? new Answer.Failed(Kind.UNKNOWN, "the answer was lost") : real));
        });
    }

    private Answer refusal() {
        return chance.pick(List.of(
                new Answer.Failed(Kind.NO_CAPACITY, "no such host is left"),
                new Answer.Failed(Kind.THROTTLED, "asked too often"),
                new Answer.Failed(Kind.UNKNOWN, "no answer"),
                new Answer.Failed(Kind.LIMIT, "the account has all that it may have")));
    }

    private Answer act(ProviderCall call) {
        if (call instanceof ProviderCall.Start start) start(start.request());
        else if (call instanceof ProviderCall.Terminate end) terminate(end.host());
        else return new Answer.Listed(new ArrayList<>(hosts.values()));
        return new Answer.Done();
    }

    private void start(HostRequest request) {
        if (!started.add(request.id())) return;
        journal.write("provider starts host " + request.id());
        says(request.id(), request.group(), ListedHost.State.RUNNING);
        if (chance.happens(faults.hostNeverJoins())) return;
        int number = ++numbers;
        timeline.after(chance.millis(500, 10_000), () -> {
            if (!running().contains(request.id())) return;
            Host machine = Host.bought(
                    request.id(), number, request.joinToken(), request.offered(), network, timeline, chance, journal);
            machine.faults(faults);
            machines.put(request.id(), machine);
            network.hosts.add(machine);
            machine.start();
        });
    }

    private void terminate(InstanceId id) {
        ListedHost host = hosts.get(id);
        if (host == null || host.state() == ListedHost.State.ENDED) return;
        journal.write("provider ends host " + id);
        says(id, host.group(), ListedHost.State.ENDED);
        switchOff(id);
    }

    /** One of its hosts is gone without a word, or will be soon. */
    void strike() {
        if (chance.happens(0.5)) vanish();
        else takeBack();
    }

    void vanish() {
        anyRunning().ifPresent(victim -> {
            journal.write("host " + victim.id() + " vanishes");
            hosts.remove(victim.id());
            switchOff(victim.id());
        });
    }

    /** After the notice that ECS gives. */
    void takeBack() {
        anyRunning().ifPresent(victim -> {
            journal.write("host " + victim.id() + " is going to be interrupted");
            says(victim.id(), victim.group(), ListedHost.State.INTERRUPTED);
            timeline.after(Duration.ofMinutes(2), () -> terminate(victim.id()));
        });
    }

    private Optional<ListedHost> anyRunning() {
        List<InstanceId> running = List.copyOf(running());
        return running.isEmpty() ? Optional.empty() : Optional.ofNullable(hosts.get(chance.pick(running)));
    }

    private void says(InstanceId id, String group, ListedHost.State state) {
        hosts.put(id, new ListedHost(id, group, state, null, "simulated"));
    }

    private void switchOff(InstanceId id) {
        Host machine = machines.remove(id);
        if (machine == null) return;
        machine.switchOff();
        network.hosts.remove(machine);
    }
}
