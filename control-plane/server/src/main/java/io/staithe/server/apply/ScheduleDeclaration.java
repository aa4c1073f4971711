package io.staithe.server.apply;

import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Schedule;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Optional;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;

/** Schedules in files: EventBridge Scheduler's CreateSchedule, with Staithe's own fields beside it. */
final class ScheduleDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        ScheduleReading.Extras extras = new ScheduleReading.Extras(
                document.extension("overlap", Schedule.Overlap.class),
                document.extension("catchUpSeconds", Integer.class),
                document.extension("job", JobPolicy.class));
        Schedule asked = ScheduleReading.read(
                document.request(CreateScheduleRequest.class),
                extras,
                context.ids().hex(),
                context.caller().now());
        ScheduleReading.check(asked, draft.state());
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
}
