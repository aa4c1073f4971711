package io.staithe.server.apply;

import io.staithe.core.model.Check;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleTarget;
import io.staithe.core.model.Tag;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.schedule.FireTimes;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.JsonReader;
import io.staithe.server.ecs.Clusters;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.Overrides;
import io.staithe.server.ecs.ServiceRules;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.ecs.TaskDefinitions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.EcsParameters;
import software.amazon.awssdk.services.scheduler.model.Target;

/** Reads EventBridge Scheduler's CreateSchedule. What says the same as leaving it out is accepted, and no more. */
public final class ScheduleReading {
    private ScheduleReading() {}

    /** What Staithe has beside EventBridge; absent: as it is unless asked. */
    public record Extras(
            Schedule.@Nullable Overlap overlap,
            @Nullable Integer catchUpSeconds,
            @Nullable JobPolicy job) {}

    /**
     * @param incarnation of a new one
     * @throws Invalid naming the field
     */
    public static Schedule read(CreateScheduleRequest request, Extras extras, String incarnation, Instant now) {
        if (request.target() == null) throw new Invalid("target", "is required");
        String cluster = Names.cluster(request.target().arn());
        checkSupported(request, cluster);
        Schedule.Overlap overlap = extras.overlap();
        String zone = request.scheduleExpressionTimezone();
        return Shapes.reading(request)
                .with("cluster", cluster)
                .with("incarnation", incarnation)
                .with("scheduleExpressionTimezone", zone == null ? "UTC" : zone)
                .with("startDate", request.startDate())
                .with("endDate", request.endDate())
                .with(
                        "state",
                        "DISABLED".equals(request.stateAsString()) ? Schedule.State.DISABLED : Schedule.State.ENABLED)
                .with("target", target(request.target(), extras.job()))
                .with("overlap", overlap == null ? Schedule.Overlap.ALLOW : overlap)
                .with("catchUpSeconds", catchUpSeconds(request.target(), extras))
                .with("createdAt", now)
                .with("firedUntil", null)
                .with("fires", List.of())
                .ignoring("flexibleTimeWindow", "groupName", "description", "actionAfterCompletion", "clientToken")
                .as(Schedule.class);
    }

    /** @throws Invalid or {@link ApiError} when it cannot be in this state */
    public static void check(Schedule schedule, ClusterState state) {
        FireTimes.of(schedule);
        Clusters.active(state, schedule.cluster());
        ScheduleTarget target = schedule.target();
        TaskDefinition definition = TaskDefinitions.active(state, target.taskDefinition());
        Shapes.within("target.input", () -> target.overrides().reserved(definition));
    }

    /** Clusters stand in the place of groups. */
    private static void checkSupported(CreateScheduleRequest request, String cluster) {
        String group = request.groupName();
        if (group != null && !group.equals("default") && !group.equals(cluster))
            throw new Invalid("groupName", "must be default, or the target's cluster");
        only(request.actionAfterCompletionAsString(), "NONE", "actionAfterCompletion");
        if (request.flexibleTimeWindow() != null)
            only(request.flexibleTimeWindow().modeAsString(), "OFF", "flexibleTimeWindow.mode");
        Target target = request.target();
        absent(target.deadLetterConfig(), "deadLetterConfig");
        absent(target.eventBridgeParameters(), "eventBridgeParameters");
        absent(target.kinesisParameters(), "kinesisParameters");
        absent(target.sageMakerPipelineParameters(), "sageMakerPipelineParameters");
        absent(target.sqsParameters(), "sqsParameters");
    }

    /** For so long EventBridge goes on trying to start what it could not. */
    private static int catchUpSeconds(Target target, Extras extras) {
        if (extras.catchUpSeconds() != null) return extras.catchUpSeconds();
        Integer age = target.retryPolicy() == null ? null : target.retryPolicy().maximumEventAgeInSeconds();
        return age == null ? Schedule.DEFAULT_CATCH_UP_SECONDS : age;
    }

    /** A role says nothing here, nor does how often a start is tried: {@code job} says that of the task. */
    private static ScheduleTarget target(Target target, @Nullable JobPolicy job) {
        EcsParameters parameters = target.ecsParameters();
        if (parameters == null) throw new Invalid("target.ecsParameters", "is required");
        TaskOverride overrides = Shapes.within("target.input", () -> overrides(target.input()));
        return Shapes.within("target.ecsParameters", () -> {
            if (parameters.taskDefinitionArn() == null) throw new Invalid("taskDefinitionArn", "is required");
            Check.range(parameters.taskCount(), 1, ScheduleTarget.MAX_COUNT, "taskCount");
            only(parameters.launchTypeAsString(), "EC2", "launchType");
            ScheduleTarget read = Shapes.reading(parameters)
                    .with("taskDefinition", Names.taskDefinition(parameters.taskDefinitionArn()))
                    .with("count", Objects.requireNonNullElse(parameters.taskCount(), 1))
                    .with("overrides", overrides)
                    .with("job", job)
                    .with("tags", tags(parameters.tags()))
                    .ignoring("taskDefinitionArn", "taskCount", "launchType", "enableECSManagedTags", "referenceId")
                    .as(ScheduleTarget.class);
            ServiceRules.checkExpressions(read.placementConstraints());
            return read;
        });
    }

    /** EventBridge has maps in the place of tags: {@code {"key": NAME, "value": TEXT}}, and also {@code {NAME: TEXT}}. */
    private static List<Tag> tags(List<Map<String, String>> maps) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            Map<String, String> map = maps.get(i);
            Shapes.within("tags[" + i + "]", () -> {
                if (map.keySet().equals(Set.of("key", "value")))
                    return tags.add(new Tag(String.valueOf(map.get("key")), String.valueOf(map.get("value"))));
                map.forEach((key, value) -> tags.add(new Tag(key, value)));
                return true;
            });
        }
        return tags;
    }

    /** @param input JSON, as RunTask's {@code overrides} */
    private static TaskOverride overrides(@Nullable String input) {
        if (input == null) return TaskOverride.NONE;
        var asked = software.amazon.awssdk.services.ecs.model.TaskOverride.builder();
        try {
            JsonReader.read(input.getBytes(StandardCharsets.UTF_8), asked);
        } catch (ApiError refused) {
            throw new Invalid("", "must be JSON as RunTask's overrides: " + refused.message());
        }
        return Overrides.read(asked.build());
    }

    private static void only(@Nullable String value, String supported, String field) {
        if (value != null && !value.equals(supported)) throw new Invalid(field, "must be " + supported);
    }

    private static void absent(@Nullable Object value, String field) {
        if (value != null) throw new Invalid("target." + field, "is not supported");
    }
}
