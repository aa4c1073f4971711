package io.staithe.core.state;

import io.staithe.core.model.Key;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a plan does something, for people. It becomes a service event, a line of {@code explain} and a metric.
 *
 * @param about the object that it is about
 * @param service the service in whose events it is shown; absent: none
 * @param task the task that it is about; absent: none
 * @param code an ECS event name where there is one, in capitals
 * @param message a sentence, in ECS's wording where it has one
 * @param tally what the sentence counts; reasons that count the same are told as one. Absent: nothing
 */
public record Reason(
        Key about,
        @Nullable ServiceId service,
        @Nullable TaskId task,
        String code,
        String message,
        @Nullable Tally tally) {
    public Reason(Key about, @Nullable ServiceId service, @Nullable TaskId task, String code, String message) {
        this(about, service, task, code, message, null);
    }

    /** What one commit says of many tasks of a service. */
    public static Reason counting(ServiceId service, String code, Tally tally) {
        return new Reason(Key.service(service), service, null, code, tally.text(), tally);
    }

    /** The reasons in their order, those that count the same as one, where the first of them stands. */
    public static List<Reason> summed(List<Reason> reasons) {
        List<Reason> summed = new ArrayList<>();
        for (Reason reason : reasons) {
            int same = 0;
            while (same < summed.size() && !summed.get(same).isOfTheSame(reason)) same++;
            if (same == summed.size()) summed.add(reason);
            else summed.set(same, summed.get(same).and(reason));
        }
        return summed;
    }

    private boolean isOfTheSame(Reason other) {
        return tally != null
                && other.tally != null
                && tally.isOfTheSame(other.tally)
                && about.equals(other.about)
                && code.equals(other.code);
    }

    private Reason and(Reason other) {
        if (tally == null || other.tally == null) return this;
        Tally both = tally.and(other.tally);
        return new Reason(about, service, task, code, both.text(), both);
    }
}
