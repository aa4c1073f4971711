package io.staithe.server.apply;

import io.staithe.core.model.Check;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleTarget;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.schedule.FireTimes;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.JsonReader;
import io.staithe.server.ecs.Clusters;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.Overrides;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.ecs.TaskDefinitions;
import io.staithe.server.manifest.ManifestDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.EcsParameters;
import software.amazon.awssdk.services.scheduler.model.Target;

/** Reads EventBridge Scheduler's CreateSchedule. What says the same as leaving it out is accepted, and no more. */
final class ScheduleDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateScheduleRequest request = document.request(CreateScheduleRequest.class);
        Schedule asked = read(request, document, context);
        FireTimes.of(asked);
        Clusters.active(draft.state(), asked.cluster());
        checkTarget(
                asked.target(),
                TaskDefinitions.active(draft.state(), asked.target().taskDefinition()));
        String name = asked.key().id();
        String arn = context.arns().schedule(asked);
        Optional<Schedule> there = draft.state().get(asked.key(), Schedule.class);
        if (there.isPresent()) {
            Schedule kept = there.get().changedTo(asked, context.caller().now());
            return Declaration.replaced(document, name, arn, there.get(), kept, draft);
        }
        draft.put(asked);
        return Declaration.created(document, name, arn);
    }

    private static Schedule read(CreateScheduleRequest request, ManifestDocument document, Context context) {
        checkSupported(request);
        Schedule.Overlap overlap = document.extension("overlap", Schedule.Overlap.class);
        Integer catchUp = document.extension("catchUpSeconds", Integer.class);
        String zone = request.scheduleExpressionTimezone();
        return Shapes.reading(request)
                .with("cluster", Names.cluster(request.target().arn()))
                .with("incarnation", context.ids().hex())
                .with("scheduleExpressionTimezone", zone == null ? "UTC" : zone)
                .with("startDate", request.startDate())
                .with("endDate", request.endDate())
                .with(
                        "state",
                        "DISABLED".equals(request.stateAsString()) ? Schedule.State.DISABLED : Schedule.State.ENABLED)
                .with("target", target(request.target(), document.extension("job", JobPolicy.class)))
                .with("overlap", overlap == null ? Schedule.Overlap.ALLOW : overlap)
                .with("catchUpSeconds", catchUp == null ? Schedule.DEFAULT_CATCH_UP_SECONDS : catchUp)
                .with("createdAt", context.caller().now())
                .with("firedUntil", null)
                .with("fires", List.of())
                .ignoring("flexibleTimeWindow", "groupName", "description", "actionAfterCompletion", "clientToken")
                .as(Schedule.class);
    }

    private static void checkSupported(CreateScheduleRequest request) {
        if (request.target() == null) throw new Invalid("target", "is required");
        only(request.groupName(), "default", "groupName");
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

    /** A role and a policy for retries say nothing here: there is no role, and {@code job} says how often to try. */
    private static ScheduleTarget target(Target target, @Nullable JobPolicy job) {
        EcsParameters parameters = target.ecsParameters();
        if (parameters == null) throw new Invalid("target.ecsParameters", "is required");
        TaskOverride overrides = Shapes.within("target.input", () -> overrides(target.input()));
        return Shapes.within("target.ecsParameters", () -> {
            if (parameters.taskDefinitionArn() == null) throw new Invalid("taskDefinitionArn", "is required");
            Check.range(parameters.taskCount(), 1, ScheduleTarget.MAX_COUNT, "taskCount");
            only(parameters.launchTypeAsString(), "EC2", "launchType");
            return Shapes.reading(parameters)
                    .with("taskDefinition", Names.taskDefinition(parameters.taskDefinitionArn()))
                    .with("count", Objects.requireNonNullElse(parameters.taskCount(), 1))
                    .with("overrides", overrides)
                    .with("job", job)
                    .ignoring("taskDefinitionArn", "taskCount", "launchType", "enableECSManagedTags", "referenceId")
                    .as(ScheduleTarget.class);
        });
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

    private static void checkTarget(ScheduleTarget target, TaskDefinition definition) {
        Shapes.within("target.input", () -> target.overrides().reserved(definition));
    }

    private static void only(@Nullable String value, String supported, String field) {
        if (value != null && !value.equals(supported)) throw new Invalid(field, "must be " + supported);
    }

    private static void absent(@Nullable Object value, String field) {
        if (value != null) throw new Invalid("target." + field, "is not supported");
    }
}
