package io.staithe.server.store;

import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a watch did not tell: etcd 3.4's can lose events without a word (etcd issues 17529, 18089, 19179). What was told
 * is compared with a listing from time to time; a difference that is still there at the next listing is no event on its way.
 */
final class WatchAudit {
    private record Suspect(Key key, @Nullable Long toldThen) {}

    private final Map<Key, Long> told = new HashMap<>();
    private List<Suspect> suspects = List.of();

    WatchAudit(ClusterState snapshot) {
        snapshot.objects().forEach(object -> told.put(object.entity().key(), object.revision()));
    }

    void put(Key key, long revision) {
        told.put(key, revision);
    }

    void delete(Key key) {
        told.remove(key);
    }

    /**
     * Compares with everything that was there at a revision.
     *
     * @return an object of which the last listing already knew more than was told, and still does
     */
    Optional<Key> compare(Map<Key, Long> listed, long revision) {
        Optional<Key> missed = suspects.stream()
                .filter(suspect -> Objects.equals(told.get(suspect.key()), suspect.toldThen()))
                .map(Suspect::key)
                .findFirst();
        suspects = suspects(listed, revision);
        return missed;
    }

    private List<Suspect> suspects(Map<Key, Long> listed, long revision) {
        List<Suspect> found = new ArrayList<>();
        listed.forEach((key, modified) -> {
            Long known = told.get(key);
            if (known == null || known < modified) found.add(new Suspect(key, known));
        });
        told.forEach((key, known) -> {
            if (known <= revision && !listed.containsKey(key)) found.add(new Suspect(key, known));
        });
        return found;
    }
}
