package io.staithe.server.scheduler;

import io.staithe.core.model.Kind;
import io.staithe.core.model.Schedule;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

/** GetSchedule and ListSchedules. */
final class ScheduleQueries {
    private static final int PAGE = 100;

    private final Commits commits;

    ScheduleQueries(Commits commits) {
        this.commits = commits;
    }

    GetScheduleResponse get(GetScheduleRequest request, Caller caller) {
        return ScheduleView.of(ScheduleLookup.find(commits.state(), request.groupName(), request.name()), caller);
    }

    ListSchedulesResponse list(ListSchedulesRequest request, Caller caller) {
        Map<String, ScheduleSummary> found = new LinkedHashMap<>();
        commits.state()
                .all(Kind.SCHEDULE, Schedule.class)
                .filter(schedule -> fits(schedule, request))
                .forEach(schedule ->
                        found.put(Arns.of(caller).schedule(schedule), ScheduleView.summary(schedule, caller)));
        Pages.Page page = Pages.of(request, List.copyOf(found.keySet()), PAGE);
        return ListSchedulesResponse.builder()
                .schedules(page.items().stream()
                        .map(found::get)
                        .filter(Objects::nonNull)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean fits(Schedule schedule, ListSchedulesRequest request) {
        String group = request.groupName();
        String prefix = request.namePrefix();
        String state = request.stateAsString();
        return (group == null || schedule.cluster().equals(group))
                && (prefix == null || schedule.name().startsWith(prefix))
                && (state == null || schedule.state().name().equals(state));
    }
}
