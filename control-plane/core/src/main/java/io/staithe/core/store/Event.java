package io.staithe.core.store;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a store tells those who watch it. */
public sealed interface Event permits Event.Changed, Event.Lost {

    /** One commit, whole. Revisions rise from event to event, with gaps where other things were written. */
    record Changed(long revision, List<Update> updates) implements Event {
        public Changed {
            updates = List.copyOf(updates);
        }
    }

    /** The view is over: an event may have been missed. Open again. Nothing follows. */
    record Lost(String reason) implements Event {}

    /** @param entity absent: the object was deleted, or its lease ran out */
    record Update(Key key, @Nullable Entity entity) {}
}
