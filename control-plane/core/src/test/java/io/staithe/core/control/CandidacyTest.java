package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.staithe.core.model.Leader;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Lease;
import io.staithe.core.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CandidacyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Lease lease = store.grant(Duration.ofSeconds(10));

    @Test
    void whoStandsFirstLeadsAndOthersWait() {
        Plan claim = stand("one");
        Plan rival = stand("two");
        assertInstanceOf(CommitResult.Committed.class, store.commit(claim, lease));
        assertInstanceOf(CommitResult.Conflict.class, store.commit(rival, lease));
        assertEquals(new Candidacy.Lead(store.state().revisionOf(Leader.KEY)), next("one"));
        assertEquals(new Candidacy.Wait(), next("two"));
    }

    @Test
    void anotherMayLeadWhenTheLeadersLeaseEnds() {
        store.commit(stand("one"), lease);
        store.expire(lease);
        assertInstanceOf(Candidacy.Stand.class, next("two"));
    }

    @Test
    void aClaimWithoutAnAnswerIsFoundInTheState() {
        store.commit(stand("one"), lease);
        assertInstanceOf(Candidacy.Lead.class, next("one"), "it never heard of its success");
    }

    private Candidacy next(String name) {
        return Candidacy.next(store.state(), name, NOW);
    }

    private Plan stand(String name) {
        return assertInstanceOf(Candidacy.Stand.class, next(name)).plan();
    }
}
