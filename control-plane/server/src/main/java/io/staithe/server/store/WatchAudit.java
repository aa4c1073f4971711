package io.staithe.server.store;

import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a watch did not tell: etcd 3.4's can lose events without a word (etcd issues 17529, 18089, 19179). What was told
 * is compared with a listing from time to time. Where the listing knows more, an event may be on its way: it is missed when
 * nothing was told of that key for longer than events take.
 */
final class WatchAudit {
    private final long patienceNanos;
    private final Map<Key, Long> told = new HashMap<>();
    /** Keys of which every listing since then knew more than was told, without a word in between; then, in nanoseconds. */
    private final Map<Key, Long> suspects = new HashMap<>();

    /** @param patience longer than any event of a living watch is on its way */
    WatchAudit(ClusterState snapshot, Duration patience) {
        patienceNanos = patience.toNanos();
        snapshot.objects().forEach(object -> told.put(object.entity().key(), object.revision()));
    }

    void put(Key key, long revision) {
        told.put(key, revision);
        suspects.remove(key);
    }

    void delete(Key key) {
        told.remove(key);
        suspects.remove(key);
    }

    /**
     * Compares with everything that was there at a revision.
     *
     * @param nowNanos of a clock that only goes forward
     * @return an object that a listing knew more of, without a word about it for longer than patience allows
     */
    Optional<Key> compare(Map<Key, Long> listed, long revision, long nowNanos) {
        Set<Key> differing = differing(listed, revision);
        suspects.keySet().retainAll(differing);
        differing.forEach(key -> suspects.putIfAbsent(key, nowNanos));
        return suspects.entrySet().stream()
                .filter(suspect -> nowNanos - suspect.getValue() > patienceNanos)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Also what the listing is too old to know: the next one knows it. */
    private Set<Key> differing(Map<Key, Long> listed, long revision) {
        Set<Key> found = new HashSet<>();
        listed.forEach((key, modified) -> {
            Long known = told.get(key);
            if (known == null || known < modified) found.add(key);
        });
        told.forEach((key, known) -> {
            if (known <= revision && !listed.containsKey(key)) found.add(key);
        });
        return found;
    }
}
