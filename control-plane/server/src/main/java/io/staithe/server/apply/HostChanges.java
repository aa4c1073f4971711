package io.staithe.server.apply;

import io.staithe.core.control.Preview;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.server.apply.ApplyResult.HostChange;
import io.staithe.server.manifest.Amounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The hosts that a preview buys and gives back: one line for all that are alike. */
final class HostChanges {
    private record Alike(String type, String provider, String group, boolean spot, long microsPerHour) {
        static Alike of(ProvisionedHost host) {
            String provider = host.capacityProvider() == null ? host.group() : host.capacityProvider();
            return new Alike(host.type(), provider, host.group(), host.spot(), host.microsPerHour());
        }
    }

    private HostChanges() {}

    static List<HostChange> of(Preview.Outcome outcome) {
        return Stream.concat(
                        changes("buy", outcome.bought()).stream(), changes("give back", outcome.givenBack()).stream())
                .toList();
    }

    private static List<HostChange> changes(String action, List<ProvisionedHost> hosts) {
        Map<Alike, List<ProvisionedHost>> alike = new LinkedHashMap<>();
        for (ProvisionedHost host : hosts)
            alike.merge(Alike.of(host), List.of(host), (one, other) -> Stream.concat(one.stream(), other.stream())
                    .toList());
        return alike.entrySet().stream()
                .map(same -> change(action, same.getKey(), same.getValue()))
                .toList();
    }

    private static HostChange change(String action, Alike alike, List<ProvisionedHost> hosts) {
        String first = hosts.get(0).why();
        return new HostChange(
                action,
                alike.type() + (alike.spot() ? " (spot)" : ""),
                alike.provider(),
                alike.group(),
                hosts.size(),
                Amounts.dollars(alike.microsPerHour() * hosts.size()),
                hosts.size() == 1 ? first : first + ", and so on",
                Optional.ofNullable(hosts.get(0).whyType()).orElse(""));
    }
}
