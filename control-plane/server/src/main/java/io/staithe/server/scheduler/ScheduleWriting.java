package io.staithe.server.scheduler;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Schedule;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.apply.ScheduleReading;
import io.staithe.server.apply.ScheduleReading.Extras;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import io.staithe.server.ecs.Ids;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;

/** CreateSchedule, UpdateSchedule and DeleteSchedule. */
final class ScheduleWriting {
    private static final Extras NOTHING_BESIDE = new Extras(null, null, null);

    private final Commits commits;
    private final Ids ids;

    ScheduleWriting(Commits commits, Ids ids) {
        this.commits = commits;
        this.ids = ids;
    }

    CreateScheduleResponse create(CreateScheduleRequest request, Caller caller) {
        Schedule asked = ScheduleReading.read(request, NOTHING_BESIDE, ids.hex(), caller.now());
        commits.commit(state -> {
            ScheduleReading.check(asked, state);
            if (state.get(asked.key()).isPresent())
                throw ApiError.conflict("Schedule " + asked.name() + " already exists.");
            return new Decision<>(new Plan.Builder().create(asked).build(), later -> asked);
        });
        return CreateScheduleResponse.builder()
                .scheduleArn(Arns.of(caller).schedule(asked))
                .build();
    }

    /** As with EventBridge, all of it becomes what the request says; what only Staithe has stays as it is. */
    UpdateScheduleResponse update(UpdateScheduleRequest request, Caller caller) {
        CreateScheduleRequest asCreated = asCreated(request);
        Schedule written = commits.commit(state -> decide(state, asCreated, caller));
        return UpdateScheduleResponse.builder()
                .scheduleArn(Arns.of(caller).schedule(written))
                .build();
    }

    private static Decision<Schedule> decide(ClusterState state, CreateScheduleRequest request, Caller caller) {
        Schedule there = ScheduleLookup.find(state, request.groupName(), request.name());
        boolean saysCatchUp = request.target() != null
                && request.target().retryPolicy() != null
                && request.target().retryPolicy().maximumEventAgeInSeconds() != null;
        Extras kept = new Extras(
                there.overlap(),
                saysCatchUp ? null : (Integer) there.catchUpSeconds(),
                there.target().job());
        Schedule asked = ScheduleReading.read(request, kept, there.incarnation(), caller.now());
        ScheduleReading.check(asked, state);
        if (!asked.cluster().equals(there.cluster()))
            throw new Invalid("target.arn", "must stay cluster " + there.cluster() + ": delete the schedule instead");
        Schedule next = there.changedTo(asked, caller.now());
        if (next.equals(there)) return Decision.already(later -> there);
        return new Decision<>(new Plan.Builder().update(state, next).build(), later -> next);
    }

    private static CreateScheduleRequest asCreated(UpdateScheduleRequest request) {
        return CreateScheduleRequest.builder()
                .name(request.name())
                .groupName(request.groupName())
                .scheduleExpression(request.scheduleExpression())
                .scheduleExpressionTimezone(request.scheduleExpressionTimezone())
                .startDate(request.startDate())
                .endDate(request.endDate())
                .state(request.stateAsString())
                .flexibleTimeWindow(request.flexibleTimeWindow())
                .actionAfterCompletion(request.actionAfterCompletionAsString())
                .target(request.target())
                .build();
    }

    DeleteScheduleResponse delete(DeleteScheduleRequest request, Caller caller) {
        commits.commit(state -> {
            Schedule there = ScheduleLookup.find(state, request.groupName(), request.name());
            return new Decision<>(new Plan.Builder().delete(state, there.key()).build(), later -> there);
        });
        return DeleteScheduleResponse.builder().build();
    }
}
