package io.staithe.capacity.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.core.model.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every provider keeps, those of real clouds and the one in memory alike. */
public abstract class InstanceProviderContract {
    private static final Set<ListedHost.State> THERE =
            EnumSet.of(ListedHost.State.STARTING, ListedHost.State.RUNNING, ListedHost.State.INTERRUPTED);
    private static final InstanceId ONE = id(1);
    private static final InstanceId TWO = id(2);

    private Site site;
    private InstanceProvider provider;

    protected abstract Site site();

    @BeforeEach
    void openOne() {
        site = site();
        provider = site.open("ours");
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    protected static InstanceId id(int n) {
        return InstanceId.of(String.format("%032x", 0xabc0 + n));
    }

    @Test
    void listsWhatItHasStartedWithItsGroup() {
        start(ONE);
        start(TWO);
        assertEquals(List.of(ONE, TWO), there());
        assertEquals(site.request(ONE).group(), listed(ONE).orElseThrow().group());
        site.boot(ONE);
        assertEquals(ListedHost.State.RUNNING, listed(ONE).orElseThrow().state());
    }

    @Test
    void startsAHostOnce() {
        start(ONE);
        start(ONE);
        site.boot(ONE);
        start(ONE);
        assertEquals(1, site.starts());
    }

    @Test
    void startsAHostOnceThoughItIsAskedInParallel() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                InstanceId id = id(i % 2);
                calls.add(threads.submit(() -> start(id)));
            }
            for (Future<?> call : calls) call.get();
        } finally {
            threads.shutdownNow();
        }
        assertEquals(2, site.starts());
        assertEquals(List.of(id(0), id(1)), there());
    }

    @Test
    void doesNotStartAgainWhatHasEnded() {
        start(ONE);
        site.boot(ONE);
        site.end(ONE);
        assertEquals(List.of(), there());
        if (listed(ONE).isPresent()) start(ONE);
        assertEquals(1, site.starts());
        assertEquals(List.of(), site.running());
    }

    @Test
    void knowsItsHostsAfterARestart() {
        start(ONE);
        InstanceProvider again = site.open("ours");
        again.start(site.request(ONE));
        assertEquals(1, site.starts());
        again.terminate(ONE);
        assertEquals(List.of(), site.running());
        assertEquals(List.of(), there());
    }

    @Test
    void endsOneHostAndNoOther() {
        start(ONE);
        start(TWO);
        provider.terminate(ONE);
        assertEquals(List.of(TWO), there());
        assertEquals(List.of(TWO), site.running());
    }

    @Test
    void endingWhatHasEndedOrNeverWasIsNoError() {
        start(ONE);
        provider.terminate(ONE);
        provider.terminate(ONE);
        provider.terminate(TWO);
        assertEquals(List.of(), there());
    }

    @Test
    void aLostAnswerOfAStartAndARetryLeaveOneHost() {
        site.loseNextAnswer();
        retried(any -> start(ONE));
        assertEquals(1, site.starts());
        assertEquals(List.of(ONE), there());
    }

    @Test
    void aLostAnswerOfAnEndAndARetryLeaveNone() {
        start(ONE);
        site.loseNextAnswer();
        retried(any -> provider.terminate(ONE));
        assertEquals(List.of(), site.running());
        assertEquals(List.of(), there());
    }

    /** The first attempt may fail, as what it is: not known. */
    private static void retried(Consumer<Integer> call) {
        try {
            call.accept(1);
        } catch (ProviderException lost) {
            assertEquals(Kind.UNKNOWN, lost.kind(), lost.toString());
            call.accept(2);
        }
    }

    @Test
    void whoeverDoesNotAnswerIsGivenUpInTime() {
        start(ONE);
        site.hang();
        for (Consumer<InstanceProvider> call : calls()) {
            long before = System.nanoTime();
            assertEquals(
                    Kind.UNKNOWN,
                    assertThrows(ProviderException.class, () -> call.accept(provider))
                            .kind());
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            assertTrue(took.compareTo(Site.DEADLINE.multipliedBy(2)) < 0, took.toString());
        }
    }

    private List<Consumer<InstanceProvider>> calls() {
        return List.of(any -> any.start(site.request(TWO)), InstanceProvider::list, any -> any.terminate(ONE));
    }

    @Test
    void tellsWhyItIsRefused() {
        for (Kind kind : site.refusals()) {
            site.refuse(kind);
            ProviderException refused = assertThrows(ProviderException.class, () -> start(ONE));
            assertEquals(kind, refused.kind(), refused.toString());
        }
        assertEquals(0, site.starts());
    }

    @Test
    void leavesTheHostsOfOthersAlone() {
        InstanceProvider others = site.open("others");
        others.start(site.request(ONE));
        start(TWO);
        assertEquals(List.of(TWO), there());
        provider.terminate(ONE);
        assertEquals(List.of(ONE, TWO), site.running());
        others.terminate(TWO);
        assertEquals(List.of(ONE, TWO), site.running());
    }

    @Test
    void keepsTheTokenSecret() {
        HostRequest request = site.request(ONE);
        start(ONE);
        String told = request + " " + provider.list() + " " + provider + " " + site.inSight();
        site.refuse(Kind.UNKNOWN);
        told += assertThrows(ProviderException.class, () -> start(TWO));
        assertFalse(told.contains("secret-"), told);
    }

    private void start(InstanceId host) {
        provider.start(site.request(host));
    }

    private Optional<ListedHost> listed(InstanceId host) {
        return provider.list().stream().filter(any -> any.id().equals(host)).findFirst();
    }

    private List<InstanceId> there() {
        return provider.list().stream()
                .filter(host -> THERE.contains(host.state()))
                .map(ListedHost::id)
                .sorted()
                .toList();
    }
}
