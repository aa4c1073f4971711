package io.staithe.server.scheduler;

import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleTarget;
import io.staithe.core.model.TaskOverride;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.JsonWriter;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.EcsParameters;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.LaunchType;
import software.amazon.awssdk.services.scheduler.model.PlacementConstraint;
import software.amazon.awssdk.services.scheduler.model.PlacementStrategy;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.Target;

/** A schedule as EventBridge Scheduler shows it. */
final class ScheduleView {
    private ScheduleView() {}

    static GetScheduleResponse of(Schedule schedule, Caller caller) {
        return GetScheduleResponse.builder()
                .arn(Arns.of(caller).schedule(schedule))
                .name(schedule.name())
                .groupName(schedule.cluster())
                .scheduleExpression(schedule.scheduleExpression())
                .scheduleExpressionTimezone(schedule.scheduleExpressionTimezone())
                .startDate(schedule.startDate())
                .endDate(schedule.endDate())
                .state(schedule.state().name())
                .creationDate(schedule.createdAt())
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .actionAfterCompletion(ActionAfterCompletion.NONE)
                .target(target(schedule, caller))
                .build();
    }

    static ScheduleSummary summary(Schedule schedule, Caller caller) {
        return ScheduleSummary.builder()
                .arn(Arns.of(caller).schedule(schedule))
                .name(schedule.name())
                .groupName(schedule.cluster())
                .state(schedule.state().name())
                .creationDate(schedule.createdAt())
                .target(target -> target.arn(Arns.of(caller).cluster(schedule.cluster())))
                .build();
    }

    private static Target target(Schedule schedule, Caller caller) {
        return Target.builder()
                .arn(Arns.of(caller).cluster(schedule.cluster()))
                .ecsParameters(parameters(schedule.target(), caller))
                .input(input(schedule.target().overrides()))
                .retryPolicy(policy -> policy.maximumEventAgeInSeconds(schedule.catchUpSeconds()))
                .build();
    }

    private static EcsParameters parameters(ScheduleTarget target, Caller caller) {
        EcsParameters.Builder parameters = EcsParameters.builder()
                .taskDefinitionArn(caller.arn("ecs", "task-definition/" + target.taskDefinition()))
                .taskCount(target.count())
                .launchType(LaunchType.EC2)
                .group(target.group());
        if (!target.placementConstraints().isEmpty())
            parameters.placementConstraints(
                    Shapes.writeList(target.placementConstraints(), PlacementConstraint::builder));
        if (!target.placementStrategy().isEmpty())
            parameters.placementStrategy(Shapes.writeList(target.placementStrategy(), PlacementStrategy::builder));
        List<Map<String, String>> tags = target.tags().stream()
                .map(tag -> Map.of("key", tag.key(), "value", tag.value()))
                .toList();
        if (!tags.isEmpty()) parameters.tags(tags);
        return parameters.build();
    }

    private static @Nullable String input(TaskOverride overrides) {
        if (overrides.equals(TaskOverride.NONE)) return null;
        var shape = Shapes.write(overrides, software.amazon.awssdk.services.ecs.model.TaskOverride.builder())
                .build();
        return new String(JsonWriter.write(shape), StandardCharsets.UTF_8);
    }
}
