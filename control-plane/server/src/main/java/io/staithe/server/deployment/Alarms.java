package io.staithe.server.deployment;

import io.staithe.core.model.Alarm;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import io.staithe.server.apply.Rendering;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alarms by name, as whoever watches something sets them. Deployments heed them. */
public final class Alarms {
    /** More are refused. */
    private static final int MAX_ALARMS = 5000;

    private final Commits commits;

    public Alarms(Commits commits) {
        this.commits = commits;
    }

    /** All of them, by name. */
    public List<Map<String, Object>> list() {
        return commits.state()
                .all(Kind.ALARM, Alarm.class)
                .sorted(Comparator.comparing(Alarm::name))
                .map(Rendering::of)
                .toList();
    }

    /** Sets one; the first time makes it. */
    public Map<String, Object> set(String name, String state, @Nullable String reason, Caller caller) {
        Alarm.State to = state(state);
        return Rendering.of(commits.commit(current -> {
            Alarm there = current.get(Key.alarm(name), Alarm.class).orElse(null);
            if (there == null && current.count(Kind.ALARM) >= MAX_ALARMS)
                throw ApiError.limitExceeded("There are " + MAX_ALARMS + " alarms; delete some first.");
            Alarm alarm = new Alarm(
                    name, to, reason, there != null && there.state() == to ? there.stateUpdatedAt() : caller.now());
            return alarm.equals(there)
                    ? Decision.already(later -> alarm)
                    : new Decision<>(Plan.of(Change.put(alarm, current.revisionOf(alarm.key()))), later -> alarm);
        }));
    }

    public void delete(String name) {
        commits.commit(current -> {
            Key key = Key.alarm(name);
            if (current.get(key).isEmpty()) throw ApiError.resourceNotFound("there is no alarm " + name);
            return new Decision<>(Plan.of(Change.delete(key, current.revisionOf(key))), later -> name);
        });
    }

    private static Alarm.State state(String text) {
        for (Alarm.State state : Alarm.State.values()) if (state.name().equals(text)) return state;
        throw new Invalid("stateValue", "must be OK, ALARM or INSUFFICIENT_DATA");
    }
}
