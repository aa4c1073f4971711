package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.ListedHost;
import io.staithe.core.model.InstanceId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which machine carries which host.
 *
 * @param owner of the host: a machine that another Staithe uses is not free
 * @param since when it came into this state
 */
record Booking(InstanceId host, String owner, String group, String machine, State state, Instant since) {
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{32}) ([a-z0-9-]{1,63}) ([A-Za-z0-9_-]{1,255}) (\\S{1,253}) (WAKING|UP|ENDED)"
                    + "(?: ([0-9]{1,12}))?");

    enum State {
        /** It is being woken, or was when we ended. */
        WAKING,
        UP,
        /** Released; the machine is free, and the host is remembered so that it is not started again. */
        ENDED
    }

    Booking now(State next, Instant now) {
        return new Booking(host, owner, group, machine, next, now);
    }

    boolean takesMachine() {
        return state != State.ENDED;
    }

    ListedHost listed() {
        ListedHost.State seen =
                switch (state) {
                    case WAKING -> ListedHost.State.STARTING;
                    case UP -> ListedHost.State.RUNNING;
                    case ENDED -> ListedHost.State.ENDED;
                };
        return new ListedHost(host, group, seen, machine, null);
    }

    String line() {
        return host + " " + owner + " " + group + " " + machine + " " + state + " " + since.getEpochSecond();
    }

    /** @param now since when a line without a time is in its state */
    static Optional<Booking> read(String line, Instant now) {
        Matcher form = LINE.matcher(line);
        if (!form.matches()) return Optional.empty();
        Instant since = form.group(6) == null ? now : Instant.ofEpochSecond(Long.parseLong(form.group(6)));
        return Optional.of(new Booking(
                InstanceId.of(form.group(1)),
                form.group(2),
                form.group(3),
                form.group(4),
                State.valueOf(form.group(5)),
                since));
    }
}
