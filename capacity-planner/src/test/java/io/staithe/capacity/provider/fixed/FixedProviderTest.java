package io.staithe.capacity.provider.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Requests;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two machines that cannot be asked what they carry: the provider's own file is the truth. */
class FixedProviderTest {
    private static final InstanceId ONE = InstanceId.of("1".repeat(32));
    private static final InstanceId TWO = InstanceId.of("2".repeat(32));
    private static final InstanceId THREE = InstanceId.of("3".repeat(32));

    @TempDir
    Path folder;

    private Rack rack;
    private InstanceProvider provider;

    @BeforeEach
    void open() {
        rack = new Rack(folder, false, 2);
        provider = rack.open("ours");
    }

    @Test
    void givesEachHostAMachineUntilNoneIsFree() {
        provider.start(rack.request(ONE));
        provider.start(rack.request(TWO));
        assertEquals(Kind.NO_CAPACITY, refusal(rack.request(THREE)).kind());
        provider.terminate(ONE);
        provider.start(rack.request(THREE));
        assertEquals(List.of(TWO, THREE), rack.running());
        assertEquals("rack-0", listed(THREE).providerId());
    }

    @Test
    void wakesTheSameMachineAgainWhenTheAnswerWasLostAndWeWereRestarted() {
        rack.loseNextAnswer();
        assertEquals(Kind.UNKNOWN, refusal(rack.request(ONE)).kind());
        InstanceProvider again = rack.open("ours");
        again.start(rack.request(TWO));
        again.start(rack.request(ONE));
        assertEquals(List.of(ONE, TWO), rack.running());
        assertEquals(2, rack.starts());
    }

    @Test
    void remembersWhatHasEnded() {
        provider.start(rack.request(ONE));
        provider.terminate(ONE);
        InstanceProvider again = rack.open("ours");
        again.start(rack.request(ONE));
        assertEquals(1, rack.starts());
        assertEquals(ListedHost.State.ENDED, again.list().get(0).state());
    }

    @Test
    void passesOverAMachineThatSaysThatItCannotBeHad() {
        rack.open("others").start(rack.request(ONE));
        provider.start(rack.request(TWO));
        assertEquals("rack-1", listed(TWO).providerId());
    }

    @Test
    void handsOverTheTokenInAFileThatNobodyElseReads() throws IOException {
        provider.start(rack.request(ONE));
        assertEquals(List.of("600"), rack.lines("modes"));
        assertEquals(List.of(Requests.token(ONE)), rack.lines("tokens"));
        try (Stream<Path> left = Files.list(rack.provider("ours"))) {
            assertEquals(
                    List.of("machines"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void doesNotTellTheTokenThatACommandPrints() {
        rack.refuse(Kind.CREDENTIALS);
        assertEquals(
                "wake ended with 77: no entry with ***",
                refusal(rack.request(ONE)).getMessage());
    }

    @Test
    void tellsTheCommandWhatTheAgentNeedsAndNothingOfOurEnvironment() {
        provider.start(rack.request(ONE));
        String seen = rack.inSight();
        assertTrue(seen.contains("STAITHE_CONTROL_PLANE=10.0.0.1:7401"), seen);
        assertTrue(seen.contains("--instance-id\n" + ONE), seen);
        assertFalse(seen.contains("JAVA_HOME="), seen);
    }

    @Test
    void killsWhatDoesNotEndWithItsChildren() {
        rack.hang();
        assertEquals(Kind.UNKNOWN, refusal(rack.request(ONE)).kind());
        long child = Long.parseLong(rack.lines("child").get(0));
        ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
        assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        for (String machines : List.of("rack-0", "a small, a small", "-a small", "a large", ""))
            assertEquals(
                    Kind.INVALID,
                    refusal(Requests.of(ONE, "small", Map.of("machines", machines)))
                            .kind(),
                    machines);
        Map<String, String> unknown = Map.of("machines", "a small", "wake", "rm -rf /");
        assertEquals(
                "the setting wake is not known to this provider",
                refusal(Requests.of(ONE, "small", unknown)).getMessage());
        assertEquals(0, rack.starts());
    }

    @Test
    void doesNotGuessWhatADamagedFileSaid() throws IOException {
        provider.start(rack.request(ONE));
        Files.writeString(rack.provider("ours").resolve("machines"), ONE + " ours");
        assertThrows(IllegalArgumentException.class, () -> rack.open("ours"));
    }

    private ProviderException refusal(HostRequest request) {
        return assertThrows(ProviderException.class, () -> provider.start(request));
    }

    private ListedHost listed(InstanceId host) {
        return provider.list().stream()
                .filter(any -> any.id().equals(host))
                .findFirst()
                .orElseThrow();
    }
}
