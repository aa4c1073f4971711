package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Requests;
import io.staithe.capacity.provider.Site;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Machines that are files in a folder, with real commands that wake and release them. */
final class Rack implements Site {
    private static final Map<Kind, Integer> CODES = Map.of(
            Kind.UNKNOWN,
            1,
            Kind.INVALID,
            64,
            Kind.NO_CAPACITY,
            69,
            Kind.LIMIT,
            73,
            Kind.THROTTLED,
            75,
            Kind.CREDENTIALS,
            77);

    private final Path folder;
    private final boolean hasList;
    private final int machines;

    /** @param hasList whether the machines can be asked what they carry */
    Rack(Path folder, boolean hasList, int machines) {
        this.folder = folder;
        this.hasList = hasList;
        this.machines = machines;
        try (InputStream script = Rack.class.getResourceAsStream("machines.sh")) {
            Files.createDirectories(folder.resolve("up"));
            Files.write(folder.resolve("machines.sh"), script.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public InstanceProvider open(String owner) {
        Map<String, String> commands = new TreeMap<>();
        for (String name : hasList ? List.of("wake", "release", "list") : List.of("wake", "release"))
            commands.put(name, "sh " + folder.resolve("machines.sh") + "  " + name + " " + folder);
        return FixedProvider.open(Requests.context(owner, provider(owner), commands));
    }

    /** Where the provider keeps what it must not forget. */
    Path provider(String owner) {
        return folder.resolve("provider-" + owner);
    }

    @Override
    public HostRequest request(InstanceId id) {
        List<String> names = IntStream.range(0, machines)
                .mapToObj(n -> "rack-" + n + " small")
                .toList();
        return Requests.of(id, "small", Map.of("machines", String.join("\n", names) + ", other large z2"));
    }

    @Override
    public List<InstanceId> running() {
        List<InstanceId> running = new ArrayList<>();
        try (Stream<Path> up = Files.list(folder.resolve("up"))) {
            for (Path machine : up.toList())
                running.add(InstanceId.of(Files.readString(machine).substring(0, 32)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return running.stream().sorted().toList();
    }

    @Override
    public int starts() {
        return lines("started").size();
    }

    List<String> lines(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void boot(InstanceId host) {}

    @Override
    public void end(InstanceId host) {
        try (Stream<Path> up = Files.list(folder.resolve("up"))) {
            for (Path machine : up.toList())
                if (Files.readString(machine).startsWith(host.value())) Files.delete(machine);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void loseNextAnswer() {
        set("lose", "");
    }

    @Override
    public void hang() {
        set("hang", "");
    }

    /** Without NO_CAPACITY: machines that refuse so are passed over for a while. */
    @Override
    public Set<Kind> refusals() {
        return Set.of(Kind.UNKNOWN, Kind.INVALID, Kind.LIMIT, Kind.THROTTLED, Kind.CREDENTIALS);
    }

    @Override
    public void refuse(Kind kind) {
        set("refuse", String.valueOf(CODES.get(kind)));
    }

    private void set(String knob, String to) {
        try {
            Files.writeString(folder.resolve(knob), to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String inSight() {
        return String.join("\n", lines("seen"));
    }

    @Override
    public void close() {}
}
