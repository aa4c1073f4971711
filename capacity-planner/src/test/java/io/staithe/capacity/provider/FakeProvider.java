package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A provider in memory, held to the contract of the real ones, with knobs for what goes wrong. */
public final class FakeProvider implements InstanceProvider {
    private final String name;
    private final Map<InstanceId, ListedHost> hosts = new TreeMap<>();
    private final Map<InstanceId, HostRequest> requests = new TreeMap<>();
    private ProviderException.@Nullable Kind refusing;
    private boolean losesAnswers;
    private boolean overlooksEnds;
    private boolean losesNextAnswer;
    private int starts;

    public FakeProvider(String name) {
        this.name = name;
    }

    /** Every call fails like this; null: none. */
    public void refuse(ProviderException.@Nullable Kind kind) {
        refusing = kind;
    }

    /** What is asked happens, and nobody hears of it. */
    public void loseAnswers(boolean to) {
        losesAnswers = to;
    }

    /** As {@link #loseAnswers}, once, of a start or an end. */
    public void loseNextAnswer() {
        losesNextAnswer = true;
    }

    /** It says that it ends hosts, and does not know them yet. */
    public void overlookEnds(boolean to) {
        overlooksEnds = to;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start(HostRequest request) {
        check();
        if (hosts.putIfAbsent(request.id(), listed(request.id(), request.group(), ListedHost.State.RUNNING, null))
                == null) {
            requests.put(request.id(), request);
            starts++;
        }
        answer();
    }

    @Override
    public synchronized List<ListedHost> list() {
        check();
        if (losesAnswers) answer();
        return new ArrayList<>(hosts.values());
    }

    @Override
    public synchronized void terminate(InstanceId host) {
        check();
        if (!overlooksEnds)
            hosts.computeIfPresent(host, (id, known) -> listed(id, known.group(), ListedHost.State.ENDED, null));
        answer();
    }

    /** A host's power fails. */
    public void vanish(InstanceId host) {
        hosts.remove(host);
    }

    public void interrupt(InstanceId host, String why) {
        hosts.computeIfPresent(host, (id, known) -> listed(id, known.group(), ListedHost.State.INTERRUPTED, why));
    }

    /** Somebody else starts one in our name. */
    public void plant(InstanceId host, String group) {
        hosts.put(host, listed(host, group, ListedHost.State.RUNNING, null));
    }

    /** How many hosts were started in all, as its bill says. */
    public int starts() {
        return starts;
    }

    public List<InstanceId> running() {
        return hosts.values().stream()
                .filter(host -> host.state().compareTo(ListedHost.State.ENDING) < 0)
                .map(ListedHost::id)
                .toList();
    }

    public HostRequest request(InstanceId host) {
        return Objects.requireNonNull(requests.get(host));
    }

    private void check() {
        if (refusing != null) throw new ProviderException(refusing, "refused by the test");
    }

    private void answer() {
        boolean lost = losesAnswers || losesNextAnswer;
        losesNextAnswer = false;
        if (lost) throw new ProviderException(ProviderException.Kind.UNKNOWN, "the answer was lost");
    }

    private static ListedHost listed(InstanceId id, String group, ListedHost.State state, @Nullable String message) {
        return new ListedHost(id, group, state, "fake-" + id, message);
    }
}
