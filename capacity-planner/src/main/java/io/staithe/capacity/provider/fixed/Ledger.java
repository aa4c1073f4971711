package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.ProviderException;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The bookings, in a file that is replaced as a whole: whatever is asked of a machine is written down first. */
final class Ledger {
    /** How long a host that has ended is remembered, about as long as EC2 does. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    private static final String NAME = "machines";

    private final Path folder;
    private final Path file;
    private final Map<InstanceId, Booking> bookings = new TreeMap<>();

    private Ledger(Path folder) {
        this.folder = folder;
        file = folder.resolve(NAME);
    }

    /** @throws IllegalArgumentException when it cannot be read: which machines are free is not known then */
    static Ledger open(Path folder, Instant now) {
        Ledger ledger = new Ledger(folder);
        Path file = ledger.file;
        try {
            PrivateFiles.folder(folder);
            if (!Files.exists(file)) return ledger;
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                Booking booking = Booking.read(line, now)
                        .orElseThrow(() -> new IllegalArgumentException(file + " is damaged: " + line));
                ledger.bookings.put(booking.host(), booking);
            }
            return ledger;
        } catch (IOException failed) {
            throw new IllegalArgumentException(file + " cannot be read: " + failed, failed);
        }
    }

    synchronized Optional<Booking> of(InstanceId host) {
        return Optional.ofNullable(bookings.get(host));
    }

    synchronized List<Booking> all() {
        return List.copyOf(bookings.values());
    }

    /** The host's booking: the one it has, or one for the first of these machines that is free; empty: none is. */
    synchronized Optional<Booking> book(
            InstanceId host, String owner, String group, Collection<Machine> machines, Instant now) {
        Booking known = bookings.get(host);
        if (known != null) return Optional.of(known);
        Predicate<Machine> taken = machine -> bookings.values().stream()
                .anyMatch(booking -> booking.takesMachine() && booking.machine().equals(machine.name()));
        Optional<Booking> booking = machines.stream()
                .filter(taken.negate())
                .findFirst()
                .map(machine -> new Booking(host, owner, group, machine.name(), Booking.State.WAKING, now));
        booking.ifPresent(made -> put(made, now));
        return booking;
    }

    synchronized void put(Booking booking, Instant now) {
        Booking before = bookings.put(booking.host(), booking);
        save(now, () -> {
            if (before == null) bookings.remove(booking.host());
            else bookings.put(before.host(), before);
        });
    }

    synchronized void remove(Booking booking, Instant now) {
        bookings.remove(booking.host());
        save(now, () -> bookings.put(booking.host(), booking));
    }

    /**
     * What the machines themselves say. A host that is up by the ledger and that they do not name has ended; one that is being
     * woken may not be theirs yet.
     *
     * @param asked when they were asked: what has been written down since is newer
     */
    synchronized void heed(Collection<Booking> told, Instant asked) {
        Map<InstanceId, Booking> before = new TreeMap<>(bookings);
        bookings.replaceAll((host, booking) ->
                booking.state() == Booking.State.UP && booking.since().isBefore(asked)
                        ? booking.now(Booking.State.ENDED, asked)
                        : booking);
        for (Booking booking : told) {
            Booking known = before.get(booking.host());
            boolean isNews = known == null
                    || (known.state() != booking.state() && known.since().isBefore(asked));
            bookings.put(booking.host(), isNews ? booking : known);
        }
        if (!bookings.equals(before))
            save(asked, () -> {
                bookings.clear();
                bookings.putAll(before);
            });
    }

    /** @param undo what was changed, when it cannot be written: what is not on the disk must not be acted on */
    private void save(Instant now, Runnable undo) {
        bookings.values()
                .removeIf(booking -> !booking.takesMachine()
                        && booking.since().plus(REMEMBERED).isBefore(now));
        String text =
                bookings.values().stream().map(booking -> booking.line() + "\n").collect(Collectors.joining());
        Path next = folder.resolve(NAME + ".next");
        try {
            PrivateFiles.write(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        } catch (IOException failed) {
            undo.run();
            throw new ProviderException(
                    ProviderException.Kind.UNKNOWN, file + " cannot be written: " + failed.getMessage(), failed);
        }
    }
}
