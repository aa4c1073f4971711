package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.draining;
import static io.staithe.loadbalancer.Tables.fixed;
import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.listener;
import static io.staithe.loadbalancer.Tables.rule;
import static io.staithe.loadbalancer.Tables.target;
import static io.staithe.loadbalancer.Tables.weighted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HaproxyConfigurationTest {
    private static final HaproxySettings SETTINGS = HaproxySettings.in(Path.of("/run/edge"));
    private static final Target FIRST = target(1, "web", "10.0.0.1", 32768);
    private static final Target SECOND = target(2, "web", "fd00::2", 80);
    private static final RoutingTable TABLE = new RoutingTable(
            List.of(listener(80, Action.forward("web")), listener(81, fixed(404, null, null))),
            List.of(rule(80, 20, List.of("*.x.org"), List.of("/a?"), fixed(200, "text/html", "hi\n"))),
            List.of(group("web")),
            List.of(FIRST, SECOND));

    @Test
    void anExample() {
        String text = HaproxyConfiguration.render(SETTINGS, TABLE, Set.of());
        assertEquals(
                """
                frontend listener.80
                  bind *:80
                  http-request set-header X-Forwarded-Proto http
                  http-request set-header X-Forwarded-Port 80
                  acl decided var(txn.rule) -m found
                  acl has_query query -m len 1:
                  acl rule20.host req.hdr(host) -i -m reg -- \\x5e.\\x2a\\x5c.x\\x5c.org\\x28:\\x5b0-9\\x5d\\x2b\\x29\\x3f\\x24
                  acl rule20.path path -m reg -- \\x5e\\x5c/a.\\x24
                  http-request set-var(txn.rule) int(20) if !decided rule20.host rule20.path
                  http-request return status 200 content-type text/html string hi\\x0a if { var(txn.rule) -m int 20 }
                  use_backend group.web if !decided
                frontend listener.81
                  bind *:81
                  http-request set-header X-Forwarded-Proto http
                  http-request set-header X-Forwarded-Port 81
                  acl decided var(txn.rule) -m found
                  acl has_query query -m len 1:
                  http-request return status 404 if !decided
                backend group.web
                  id 100001
                  balance roundrobin
                  http-request disable-l7-retry unless METH_GET || METH_OPTIONS || METH_PUT || METH_DELETE
                  http-request wait-for-body time 60s if METH_PUT || METH_DELETE
                  http-error status 503 content-type text/plain string No\\x20healthy\\x20target\\x20in\\x20target\\x20group\\x20web.\\x0a
                  timeout check 1s
                  option httpchk
                  http-check send meth GET uri /health ver HTTP/1.1 hdr Host localhost hdr User-Agent Staithe-HealthChecker
                  http-check expect status 200-299
                  server 00000000000000000000000000000001.app.80 10.0.0.1:32768 id 1 weight 20 check inter 1s downinter 100ms rise 1 fall 1
                  server 00000000000000000000000000000002.app.80 [fd00::2]:80 id 2 weight 20 check inter 1s downinter 100ms rise 1 fall 1
                backend none
                """,
                text.substring(text.indexOf("frontend"), text.indexOf("backend none") + "backend none\n".length()));
    }

    @Test
    void targetsDoNotCountInTheFingerprintAndAllElseDoes() {
        String fingerprint = HaproxyConfiguration.fingerprint(SETTINGS, TABLE);
        RoutingTable without =
                new RoutingTable(TABLE.listeners(), TABLE.rules(), TABLE.targetGroups(), List.of(draining(FIRST)));
        assertEquals(fingerprint, HaproxyConfiguration.fingerprint(SETTINGS, without));
        assertNotEquals(
                fingerprint,
                HaproxyConfiguration.fingerprint(
                        SETTINGS, new RoutingTable(TABLE.listeners(), List.of(), TABLE.targetGroups(), List.of())));
        assertNotEquals(
                fingerprint,
                HaproxyConfiguration.fingerprint(
                        SETTINGS,
                        new RoutingTable(TABLE.listeners(), TABLE.rules(), List.of(group("web", 1)), List.of())));
        assertTrue(
                HaproxyConfiguration.render(SETTINGS, TABLE, Set.of()).contains("description staithe-" + fingerprint));
    }

    @Test
    void weightsAreInTheMapAlone() {
        String ninety = fingerprint(forward("green", 1, "blue", 9));
        assertEquals(ninety, fingerprint(forward("blue", 0, "green", 9)), "neither weights nor their order count");
        assertNotEquals(ninety, fingerprint(forward("blue", 9, "web", 1)));
        String text = HaproxyConfiguration.render(SETTINGS, forward("green", 1, "blue", 2), Set.of());
        String key = ninety.substring(0, 12) + "/80/default";
        assertTrue(text.contains("""
                          http-request set-var(txn.drawn) rand(1000000) if !decided
                          http-request set-var(txn.split) str(%s),map_str(/run/edge/splits.map) if !decided
                          http-request set-var(txn.bound1) var(txn.split),field(1,:) if !decided
                          use_backend group.blue if !decided { var(txn.drawn),sub(txn.bound1) -m int lt 0 }
                          use_backend group.green if !decided
                        """.formatted(key)), text);
        Map<String, Split> splits = Splits.of(forward("green", 1, "blue", 2));
        assertEquals(key + " 666666\n", HaproxySplits.file(ninety, splits));
        assertEquals(
                "0123/80/default 1\n" + key + " 666666\n",
                HaproxySplits.file(ninety, splits, "0123/80/default 1\n" + key + " 5\n"));
        List<String> shown = List.of("0x55ada057b280 " + key + " 666666", "0x55ada057b2d0 0123/80/default 1");
        assertEquals(splits, HaproxySplits.read(shown, ninety));
    }

    private static String fingerprint(RoutingTable table) {
        return HaproxyConfiguration.fingerprint(SETTINGS, table);
    }

    private static RoutingTable forward(String one, int weight, String other, int otherWeight) {
        return new RoutingTable(
                List.of(listener(80, weighted(one, weight, other, otherWeight))),
                List.of(),
                List.of(group("blue"), group("green"), group("web")),
                List.of());
    }

    @Test
    void aPortThatCannotBeHadIsLeftOut() {
        String text = HaproxyConfiguration.render(SETTINGS, TABLE, Set.of(80));
        assertFalse(text.contains("listener.80"));
        assertTrue(text.contains("listener.81"));
    }

    @Test
    void statesKeepWhatWasUpAndBeginTheOthersDown() {
        ObservedServer up = new ObservedServer(
                "10.0.0.1", 32768, ObservedServer.Mode.READY, true, Duration.ofSeconds(9), 7, 0, "L7OK");
        RoutingTable table = new RoutingTable(
                TABLE.listeners(), TABLE.rules(), TABLE.targetGroups(), List.of(draining(FIRST), SECOND));
        List<String> lines = HaproxyStates.render(table, Map.of(ServerName.of(FIRST), up))
                .lines()
                .toList();
        assertEquals(
                "100001 group.web 1 00000000000000000000000000000001.app.80 10.0.0.1 2 8 7 20 9 15 3 1 6 0 1 1 - 32768 - 0 0 - - 0",
                lines.get(2));
        assertEquals(
                "100001 group.web 2 00000000000000000000000000000002.app.80 fd00::2 0 0 20 20 0 1 0 0 6 0 1 1 - 80 - 0 0 - - 0",
                lines.get(3));
    }

    @Test
    void aMatcherIsACommaListOfCodesAndRanges() {
        assertEquals("200", HaproxyChecks.statuses("200"));
        assertEquals("200-299,304", HaproxyChecks.statuses("200-299,304"));
        assertEquals("200-204", HaproxyChecks.statuses("200-202-204"));
    }
}
