package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.AgentArguments;
import io.staithe.capacity.provider.Deadline;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Machines from the list in a group's settings. The commands are in the provider's configuration, where only who runs the control
 * plane can write: whoever may declare a host group must not thereby run programs beside the control plane.
 *
 * <p>{@code wake} and {@code release} are repeated when their answer was lost, so each must do nothing when it has been done.
 */
public final class FixedProvider implements InstanceProvider {
    /** A machine that could not be woken is passed over for so long. */
    private static final Duration PASSED_OVER = Duration.ofMinutes(5);

    private final ProviderContext context;
    private final Command wake;
    private final Command release;
    private final @Nullable Command list;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Turns turns = new Turns();
    private final Map<String, Instant> passedOver = new ConcurrentHashMap<>();

    private FixedProvider(ProviderContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
        wake = command("wake").orElseThrow(() -> new IllegalArgumentException("static needs the command wake"));
        release =
                command("release").orElseThrow(() -> new IllegalArgumentException("static needs the command release"));
        list = command("list").orElse(null);
        ledger = Ledger.open(context.folder(), clock.instant());
    }

    /** @throws IllegalArgumentException without commands, or when it cannot read which machine carries which host */
    public static InstanceProvider open(ProviderContext context) {
        return new FixedProvider(context, InstantSource.system());
    }

    private Optional<Command> command(String name) {
        return context.configured(name).map(line -> new Command(name, line));
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public void start(HostRequest request) {
        Deadline deadline = Deadline.in(context.deadline());
        turns.take(request.id(), deadline, () -> {
            look(deadline);
            for (boolean isUp = false; !isUp; ) {
                Booking booking = ledger.of(request.id()).orElseGet(() -> book(request));
                isUp = booking.state() != Booking.State.WAKING || isWoken(request, booking, deadline);
            }
        });
    }

    /** False: this machine cannot be had, and is not booked any more. */
    private boolean isWoken(HostRequest request, Booking booking, Deadline deadline) {
        try {
            wake(request, booking, deadline);
            return true;
        } catch (ProviderException failed) {
            // These two say that nothing was begun. After any other it may run, and the machine is not free.
            if (failed.kind() != Kind.NO_CAPACITY && failed.kind() != Kind.INVALID) throw failed;
            ledger.remove(booking, now());
            if (failed.kind() == Kind.INVALID) throw failed;
            passedOver.put(booking.machine(), now().plus(PASSED_OVER));
            return false;
        }
    }

    private Booking book(HostRequest request) {
        return ledger.book(request.id(), context.owner(), request.group(), usable(request), now())
                .orElseThrow(() ->
                        new ProviderException(Kind.NO_CAPACITY, "no machine of type " + request.type() + " is free"));
    }

    private List<Machine> usable(HostRequest request) {
        List<Machine> machines = Machine.of(request);
        if (machines.stream().noneMatch(machine -> machine.suits(request)))
            throw new ProviderException(
                    Kind.INVALID,
                    "the group has no machine of type " + request.type()
                            + (request.zone() == null ? "" : " in " + request.zone()));
        passedOver.values().removeIf(until -> until.isBefore(now()));
        return machines.stream()
                .filter(machine -> machine.suits(request) && !passedOver.containsKey(machine.name()))
                .toList();
    }

    private void wake(HostRequest request, Booking booking, Deadline deadline) {
        Path token = context.folder().resolve("token-" + request.id());
        try {
            PrivateFiles.write(token, request.joinToken());
            wake.run(wakeVariables(request, booking, token), request.joinToken(), deadline);
            ledger.put(booking.now(Booking.State.UP, now()), now());
        } catch (IOException failed) {
            throw new ProviderException(
                    Kind.UNKNOWN, "the token's file cannot be written: " + failed.getMessage(), failed);
        } finally {
            discard(token);
        }
    }

    private Map<String, String> wakeVariables(HostRequest request, Booking booking, Path token) {
        Map<String, String> variables = variables(booking);
        variables.put("STAITHE_JOIN_TOKEN_FILE", token.toAbsolutePath().toString());
        variables.put("STAITHE_CONTROL_PLANE", context.gateway());
        variables.put("STAITHE_CLUSTER", request.cluster());
        variables.put("STAITHE_TYPE", request.type());
        variables.put("STAITHE_AGENT_ARGUMENTS", String.join("\n", AgentArguments.of(request, context.gateway())));
        return variables;
    }

    private static Map<String, String> variables(Booking booking) {
        Map<String, String> variables = new HashMap<>();
        variables.put("STAITHE_HOST_ID", booking.host().value());
        variables.put("STAITHE_OWNER", booking.owner());
        variables.put("STAITHE_GROUP", booking.group());
        variables.put("STAITHE_MACHINE", booking.machine());
        return variables;
    }

    private static void discard(Path token) {
        try {
            Files.deleteIfExists(token);
        } catch (IOException failed) {
            throw new ProviderException(
                    Kind.UNKNOWN, "the token's file cannot be deleted: " + failed.getMessage(), failed);
        }
    }

    @Override
    public List<ListedHost> list() {
        look(Deadline.in(context.deadline()));
        return ledger.all().stream().filter(this::isOurs).map(Booking::listed).toList();
    }

    @Override
    public void terminate(InstanceId host) {
        Deadline deadline = Deadline.in(context.deadline());
        turns.take(host, deadline, () -> {
            look(deadline);
            Booking booking = ledger.of(host).filter(this::isOurs).orElse(null);
            if (booking == null || !booking.takesMachine()) return;
            release.run(variables(booking), "", deadline);
            ledger.put(booking.now(Booking.State.ENDED, now()), now());
        });
    }

    /** Heeds what the machines say, where the user has a command that asks them. */
    private void look(Deadline deadline) {
        if (list == null) return;
        Instant asked = now();
        List<Booking> told = new ArrayList<>();
        String output = list.run(Map.of("STAITHE_OWNER", context.owner()), "", deadline);
        for (String line : output.lines().map(String::strip).toList()) {
            if (line.isEmpty()) continue;
            told.add(Booking.read(line, asked)
                    .orElseThrow(() -> new ProviderException(
                            Kind.UNKNOWN, "list wrote what is no line of HOST OWNER GROUP MACHINE STATE: " + line)));
        }
        ledger.heed(told, asked);
    }

    private boolean isOurs(Booking booking) {
        return booking.owner().equals(context.owner());
    }

    private Instant now() {
        return clock.instant();
    }
}
