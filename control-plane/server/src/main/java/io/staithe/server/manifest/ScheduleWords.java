package io.staithe.server.manifest;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.AssignPublicIp;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.LaunchType;
import software.amazon.awssdk.services.scheduler.model.PropagateTags;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** Part of {@link Words}: those of EventBridge Scheduler, which names some as ECS names others. */
final class ScheduleWords {
    static final Map<String, Set<String>> WORDS = Map.of(
            "AwsVpcConfiguration.AssignPublicIp", Words.names(AssignPublicIp.knownValues()),
            "CreateScheduleRequest.ActionAfterCompletion", Words.names(ActionAfterCompletion.knownValues()),
            "CreateScheduleRequest.State", Words.names(ScheduleState.knownValues()),
            "EcsParameters.LaunchType", Words.names(LaunchType.knownValues()),
            "EcsParameters.PropagateTags", Words.names(PropagateTags.knownValues()),
            "FlexibleTimeWindow.Mode", Words.names(FlexibleTimeWindowMode.knownValues()));

    private ScheduleWords() {}
}
