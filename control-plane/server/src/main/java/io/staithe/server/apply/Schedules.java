package io.staithe.server.apply;

import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleFire;
import io.staithe.core.schedule.FireTimes;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Schedules: listing them with what they did and will do, and deleting one. */
final class Schedules {
    private static final int FORESEEN = 5;

    private final Commits commits;

    Schedules(Commits commits) {
        this.commits = commits;
    }

    List<Map<String, Object>> list(Caller caller) {
        Arns arns = Arns.of(caller);
        return commits.state()
                .all(Kind.SCHEDULE, Schedule.class)
                .map(schedule -> shown(schedule, arns.schedule(schedule), caller.now()))
                .toList();
    }

    /**
     * Leaves its tasks alone.
     *
     * @param name {@code cluster/name}
     * @throws ApiError ResourceNotFoundException
     */
    void delete(String name) {
        Key key = new Key(Kind.SCHEDULE, name);
        commits.commit(state -> new Decision<>(deleting(state, key), later -> key));
    }

    private static Plan deleting(ClusterState state, Key key) {
        if (state.get(key).isEmpty()) throw ApiError.resourceNotFound("there is no schedule " + key.id());
        return new Plan.Builder().delete(state, key).build();
    }

    private static Map<String, Object> shown(Schedule schedule, String arn, Instant now) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", schedule.key().id());
        shown.put("arn", arn);
        Rendering.of(schedule).forEach(shown::putIfAbsent);
        shown.put(
                "fires",
                schedule.fires().stream().map(fire -> fire(schedule, fire)).toList());
        List<Instant> next = schedule.isEnabled()
                ? FireTimes.of(schedule).between(later(schedule.settledUntil(), now), Instant.MAX, FORESEEN)
                : List.of();
        shown.put("nextFireTimes", next.stream().map(Instant::toString).toList());
        return shown;
    }

    private static Map<String, Object> fire(Schedule schedule, ScheduleFire fire) {
        Map<String, Object> shown = new LinkedHashMap<>(Rendering.of(fire));
        shown.put(
                "tasks",
                IntStream.range(0, fire.tasks())
                        .mapToObj(number -> schedule.task(fire.at(), number).value())
                        .toList());
        return shown;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
