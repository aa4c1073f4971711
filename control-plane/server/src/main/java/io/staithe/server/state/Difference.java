package io.staithe.server.state;

import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Versioned;
import io.staithe.core.store.Event;
import java.util.ArrayList;
import java.util.List;

/** What a listing shows and a held state does not: the updates that a view has missed. */
final class Difference {
    private Difference() {}

    static List<Event.Update> between(ClusterState held, ClusterState listed) {
        if (held == listed) return List.of();
        List<Event.Update> updates = new ArrayList<>();
        listed.objects().forEach(object -> {
            if (held.revisionOf(object.entity().key()) != object.revision())
                updates.add(new Event.Update(object.entity().key(), object.entity()));
        });
        held.objects()
                .map(Difference::key)
                .filter(key -> listed.revisionOf(key) == 0)
                .forEach(gone -> updates.add(new Event.Update(gone, null)));
        return updates;
    }

    private static Key key(Versioned<?> object) {
        return object.entity().key();
    }
}
