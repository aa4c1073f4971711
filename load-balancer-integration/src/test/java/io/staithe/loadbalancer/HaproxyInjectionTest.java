package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.fixed;
import static io.staithe.loadbalancer.Tables.listener;
import static io.staithe.loadbalancer.Tables.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever users write, a running HAProxy takes it as text. */
@Tag("real")
final class HaproxyInjectionTest {
    private static final String HOSTILE =
            "a\nfrontend evil\n  bind 127.0.0.1:1\r\n# %[env(PATH)] %HM \"x\" 'y' {z} ${HOME}"
                    + " $HOME \\ \\x41 \\n é ✓ ; | ` \t ] ) %]";

    private HaproxyWorld world;
    private EdgeDriver edge;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        world = new HaproxyWorld();
        edge = new EdgeDriver(world);
        port = world.freePort();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    private void carry(Action defaultAction, List<Rule> rules) throws Exception {
        edge.carry(new RoutingTable(List.of(listener(port, defaultAction)), rules, List.of(), List.of()));
        edge.settle();
        assertEquals(List.of(), edge.problems());
    }

    @Test
    void aBodyIsAnsweredByteForByte() throws Exception {
        carry(fixed(418, "text/html", HOSTILE), List.of());
        assertEquals(new TrafficWorld.Answer(418, HOSTILE), world.get(port, "x", "/"));
    }

    @Test
    void theLongestBodyFits() throws Exception {
        String longest = "✓".repeat(1024);
        carry(fixed(200, "text/plain", longest), List.of());
        assertEquals(longest, world.get(port, "x", "/").body());
    }

    @Test
    void aRedirectGoesWhereItSays() throws Exception {
        String path = "/a%[env(PATH)]%HM'\"#{b}${HOME}$HOME\\\\x41;|`])!~";
        carry(new Action(List.of(), null, new Action.Redirect(301, "HTTPS", "b.example", 8443, path)), List.of());
        String answer = HaproxyWorld.raw(port, "GET", "a.example", "/x?q=1&r=%5B");
        assertTrue(answer.startsWith("HTTP/1.1 301 "), answer);
        assertTrue(answer.contains("location: https://b.example:8443" + path + "?q=1&r=%5B\r\n"), answer);
    }

    @Test
    void aRedirectKeepsWhatItDoesNotName() throws Exception {
        carry(new Action(List.of(), null, new Action.Redirect(302, "HTTPS", null, 443, null)), List.of());
        String answer = HaproxyWorld.raw(port, "GET", "a.example:" + port, "/x/y");
        assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
        assertTrue(answer.contains("location: https://a.example/x/y\r\n"), answer);
    }

    @Test
    void everyCharacterOfAPathPatternStandsForItself() throws Exception {
        String pattern = "/_.$/~'@:+&-*end?";
        carry(
                fixed(404, "text/plain", "no"),
                List.of(rule(port, 1, List.of(), List.of(pattern), fixed(200, null, "yes"))));
        assertEquals("yes", world.get(port, "x", "/_.$/~'@:+&-and/x/endX").body());
        assertEquals("no", world.get(port, "x", "/_a$/~'@:+&-and/endX").body());
        assertEquals("no", world.get(port, "x", "/_.$/~'@:+&-and/end").body());
        assertEquals("no", world.get(port, "x", "/x/_.$/~'@:+&-endX").body());
    }

    @Test
    void anAnsweredRuleDoesNotHideOneOfHigherPriority() throws Exception {
        carry(
                fixed(200, null, "default"),
                List.of(
                        rule(port, 2, List.of(), List.of("*"), fixed(200, null, "second")),
                        rule(port, 1, List.of("a.*"), List.of(), Action.forward("missing"))));
        assertEquals(503, world.get(port, "a.example", "/").status());
        assertEquals("second", world.get(port, "b.example", "/").body());
    }

    @Test
    void aHealthCheckAsksForExactlyItsPath() throws Exception {
        String path = "/health?a=%[env(PATH)]&b={c}${HOME}$HOME;|`])%HM";
        TargetGroup group = new TargetGroup(
                "web", "HTTP", null, path, 1, 1, 1, 1, "200,201-299", 0, null, List.of(), Instant.EPOCH);
        try (ServerSocket backend = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Target target = Tables.target(1, "web", "127.0.0.1", backend.getLocalPort());
            edge.carry(Tables.table(port, group, target));
            edge.settle();
            backend.setSoTimeout(10_000);
            try (Socket check = backend.accept()) {
                String line = new BufferedReader(
                                new InputStreamReader(check.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
                assertEquals("GET " + path + " HTTP/1.1", line);
            }
        }
    }
}
