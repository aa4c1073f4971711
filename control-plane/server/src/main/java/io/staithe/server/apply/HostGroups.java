package io.staithe.server.apply;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.Amounts;
import io.staithe.server.manifest.HostGroupForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Host groups: listing them with what they have and cost, and letting one go. */
final class HostGroups {
    private final Commits commits;

    HostGroups(Commits commits) {
        this.commits = commits;
    }

    List<Map<String, Object>> list(Caller caller) {
        ClusterState state = commits.state();
        return state.all(Kind.HOST_GROUP, HostGroup.class)
                .map(group -> shown(group, state, Arns.of(caller)))
                .toList();
    }

    /** @throws ApiError ResourceNotFoundException, or ResourceInUseException while it has hosts or a capacity provider */
    void delete(String name) {
        Key key = Key.hostGroup(name);
        commits.commit(state -> {
            if (state.get(key).isEmpty()) throw ApiError.resourceNotFound("there is no host group " + name);
            Uses.ofHostGroup(state, name).ifPresent(use -> {
                throw ApiError.resourceInUse("host group " + name + " is in use: " + use.what());
            });
            return new Decision<>(new Plan.Builder().delete(state, key).build(), later -> key);
        });
    }

    /** The group as it is once nothing is to be left of it: it keeps no host for which there is no task. */
    static HostGroup closing(HostGroup group) {
        return Shapes.copy(group)
                .with("minHosts", 0)
                .with("warm", List.of())
                .with("emptySeconds", 0)
                .with("minimumLifeSeconds", 0)
                .make();
    }

    static Stream<ProvisionedHost> hosts(ClusterState state, String group) {
        return state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> host.group().equals(group) && !host.isOver());
    }

    private static Map<String, Object> shown(HostGroup group, ClusterState state, Arns arns) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", group.name());
        shown.put("arn", arns.hostGroup(group.name()));
        Rendering.of(HostGroupForm.of(group)).forEach(shown::putIfAbsent);
        List<ProvisionedHost> hosts = hosts(state, group.name()).toList();
        shown.put("hosts", hosts.size());
        shown.put(
                "costPerHour",
                Amounts.dollars(
                        hosts.stream().mapToLong(ProvisionedHost::microsPerHour).sum()));
        return shown;
    }
}
