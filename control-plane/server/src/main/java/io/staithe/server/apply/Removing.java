package io.staithe.server.apply;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancer;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.apply.ApplyResult.Capacity;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.apply.ApplyResult.TaskChanges;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.CapacityRules;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.Services;
import io.staithe.server.manifest.ManifestDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;

/**
 * Deletes what files name, what refers to others first. A service stops its tasks before it is gone, and what it uses is kept
 * for so long: deleting again later deletes the rest. Repeating does no harm.
 */
final class Removing {
    private static final int MAX_COMMITS = 1000;

    private final Commits commits;

    Removing(Commits commits) {
        this.commits = commits;
    }

    private record Drafted(Draft draft, List<ObjectChange> changes) {}

    ApplyResult plan(List<ManifestDocument> documents, Caller caller) {
        ClusterState state = commits.state();
        return new ApplyResult(
                state.revision(),
                true,
                draft(state, documents, caller).changes(),
                TaskChanges.NONE,
                List.of(),
                Capacity.NONE,
                List.of());
    }

    ApplyResult remove(List<ManifestDocument> documents, Caller caller) {
        Drafted first = step(documents, caller);
        int left = first.draft().plans().size() - 1;
        for (int commit = 1; left > 0 && commit < MAX_COMMITS; commit++)
            left = step(documents, caller).draft().plans().size() - 1;
        return new ApplyResult(
                commits.state().revision(),
                false,
                first.changes(),
                TaskChanges.NONE,
                List.of(),
                Capacity.NONE,
                List.of());
    }

    private Drafted step(List<ManifestDocument> documents, Caller caller) {
        return commits.commit(state -> {
            Drafted drafted = draft(state, documents, caller);
            List<Plan> plans = drafted.draft().plans();
            return new Decision<>(plans.isEmpty() ? Plan.NOTHING : plans.get(0), later -> drafted);
        });
    }

    private static Drafted draft(ClusterState state, List<ManifestDocument> documents, Caller caller) {
        Draft draft = new Draft(state);
        List<ObjectChange> changes = new ArrayList<>();
        documents.stream()
                .sorted(Applying.inOrder().reversed())
                .forEach(document -> changes.add(remove(document, draft, Arns.of(caller))));
        return new Drafted(draft, changes);
    }

    private static ObjectChange remove(ManifestDocument document, Draft draft, Arns arns) {
        return switch (document.kind()) {
            case HOST_GROUP -> hostGroup(document, draft, arns);
            case CAPACITY_PROVIDER -> capacityProvider(document, draft, arns);
            case CLUSTER -> cluster(document, draft, arns);
            case TASK_DEFINITION -> taskDefinition(document, draft, arns);
            case SERVICE -> service(document, draft, arns);
            case TARGET_GROUP -> targetGroup(document, draft, arns);
            case LOAD_BALANCER -> {
                String name = required(
                        document.request(CreateLoadBalancerRequest.class).name());
                yield loadBalancer(draft, name)
                        ? gone(document, name, arns.loadBalancer(name))
                        : absent(document, name);
            }
            case LISTENER -> {
                CreateListenerRequest request = document.request(CreateListenerRequest.class);
                String id = Names.loadBalancer(required(request.loadBalancerArn())) + ":" + request.port();
                Optional<Listener> there = draft.state().get(new Key(Kind.LISTENER, id), Listener.class);
                yield there.isPresent() && listener(draft, id)
                        ? gone(document, id, arns.listener(there.get()))
                        : absent(document, id);
            }
            case RULE -> rule(document, draft, arns);
            case SCHEDULE -> schedule(document, draft, arns);
        };
    }

    private static ObjectChange cluster(ManifestDocument document, Draft draft, Arns arns) {
        String name = Names.cluster(document.request(CreateClusterRequest.class).clusterName());
        Optional<Cluster> there =
                draft.state().cluster(name).filter(cluster -> cluster.status() == Cluster.Status.ACTIVE);
        if (there.isEmpty()) return absent(document, name);
        Optional<Uses.Use> use = Uses.ofCluster(draft.state(), name);
        if (use.isPresent()) {
            if (use.get().passes()) leaveProviders(draft, there.get());
            return kept(document, name, arns.cluster(name), use.get());
        }
        draft.put(there.get().but().status(Cluster.Status.INACTIVE).build());
        return gone(document, name, arns.cluster(name));
    }

    /** So that its hosts are given back, and its capacity providers can go before it has. */
    private static void leaveProviders(Draft draft, Cluster cluster) {
        Cluster without = cluster.but().capacityProviders(List.of(), List.of()).build();
        boolean used = cluster.capacityProviders().stream()
                .anyMatch(provider -> CapacityRules.isUsedIn(draft.state(), cluster.name(), provider));
        if (!used && !without.equals(cluster)) draft.put(without);
    }

    private static ObjectChange capacityProvider(ManifestDocument document, Draft draft, Arns arns) {
        String name = document.name();
        if (draft.state().capacityProvider(name).isEmpty()) return absent(document, name);
        Optional<Uses.Use> use = Uses.ofCapacityProvider(draft.state(), name);
        if (use.isPresent()) return kept(document, name, arns.capacityProvider(name), use.get());
        draft.delete(Key.capacityProvider(name));
        return gone(document, name, arns.capacityProvider(name));
    }

    private static ObjectChange hostGroup(ManifestDocument document, Draft draft, Arns arns) {
        String name = document.name();
        Optional<HostGroup> there = draft.state().hostGroup(name);
        if (there.isEmpty()) return absent(document, name);
        Optional<Uses.Use> use = Uses.ofHostGroup(draft.state(), name);
        if (use.isEmpty()) {
            draft.delete(Key.hostGroup(name));
            return gone(document, name, arns.hostGroup(name));
        }
        HostGroup closing = HostGroups.closing(there.get());
        if (use.get().passes() && !closing.equals(there.get())) draft.put(closing);
        return kept(document, name, arns.hostGroup(name), use.get());
    }

    /** Deregisters every revision of the family. */
    private static ObjectChange taskDefinition(ManifestDocument document, Draft draft, Arns arns) {
        String family =
                required(document.request(RegisterTaskDefinitionRequest.class).family());
        List<TaskDefinition> active = draft.state()
                .revisions(family)
                .filter(definition -> definition.status() == TaskDefinition.Status.ACTIVE)
                .toList();
        if (active.isEmpty()) return absent(document, family);
        active.forEach(definition -> draft.put(definition.withStatus(
                TaskDefinition.Status.INACTIVE, arns.caller().now())));
        return gone(
                document,
                family,
                arns.taskDefinition(active.get(active.size() - 1).id()));
    }

    private static ObjectChange service(ManifestDocument document, Draft draft, Arns arns) {
        CreateServiceRequest request = document.request(CreateServiceRequest.class);
        ServiceId id = Names.service(request.cluster(), request.serviceName());
        Optional<Service> there = draft.state().service(id);
        if (there.isEmpty() || there.get().status() == Service.Status.INACTIVE) return absent(document, id.value());
        if (there.get().status() == Service.Status.DRAINING)
            return kept(document, id.value(), arns.service(id), new Uses.Use("its tasks are still stopping", true));
        draft.put(Services.draining(there.get()));
        return new ObjectChange(
                document.kind().title(),
                id.value(),
                "delete",
                arns.service(id),
                List.of(),
                "its tasks are stopped first");
    }

    private static ObjectChange targetGroup(ManifestDocument document, Draft draft, Arns arns) {
        String name = required(document.request(CreateTargetGroupRequest.class).name());
        if (draft.state().get(Key.targetGroup(name), TargetGroup.class).isEmpty()) return absent(document, name);
        Optional<Uses.Use> use = Uses.ofTargetGroup(draft.state(), name);
        if (use.isPresent()) return kept(document, name, arns.targetGroup(name), use.get());
        draft.delete(Key.targetGroup(name));
        return gone(document, name, arns.targetGroup(name));
    }

    private static ObjectChange rule(ManifestDocument document, Draft draft, Arns arns) {
        CreateRuleRequest request = document.request(CreateRuleRequest.class);
        String named = required(request.listenerArn());
        Optional<Rule> there = draft.state()
                .all(Kind.RULE, Rule.class)
                .filter(rule -> Objects.equals(rule.priority(), request.priority()))
                .filter(rule -> rule.listener().equals(named) || isListener(draft, rule.listener(), named, arns))
                .findFirst();
        if (there.isEmpty()) return absent(document, document.name());
        draft.delete(there.get().key());
        return gone(document, there.get().key().id(), arns.rule(there.get()));
    }

    /** Its tasks are left alone. */
    private static ObjectChange schedule(ManifestDocument document, Draft draft, Arns arns) {
        Optional<Schedule> there = draft.state().get(new Key(Kind.SCHEDULE, document.name()), Schedule.class);
        if (there.isEmpty()) return absent(document, document.name());
        draft.delete(there.get().key());
        return gone(document, document.name(), arns.schedule(there.get()));
    }

    private static boolean isListener(Draft draft, String id, String arn, Arns arns) {
        return draft.state()
                .get(new Key(Kind.LISTENER, id), Listener.class)
                .filter(listener -> arns.listener(listener).equals(arn))
                .isPresent();
    }

    /** With its listeners and their rules, as in ELB. */
    static boolean loadBalancer(Draft draft, String name) {
        Key key = Key.loadBalancer(name);
        if (draft.state().get(key, LoadBalancer.class).isEmpty()) return false;
        draft.state()
                .all(Kind.LISTENER, Listener.class)
                .filter(listener -> listener.loadBalancer().equals(name))
                .toList()
                .forEach(listener -> listener(draft, listener.id()));
        draft.delete(key);
        return true;
    }

    /** With its rules. */
    static boolean listener(Draft draft, String id) {
        Key key = new Key(Kind.LISTENER, id);
        if (draft.state().get(key, Listener.class).isEmpty()) return false;
        draft.state()
                .all(Kind.RULE, Rule.class)
                .filter(rule -> rule.listener().equals(id))
                .toList()
                .forEach(rule -> draft.delete(rule.key()));
        draft.delete(key);
        return true;
    }

    private static String required(@Nullable String name) {
        if (name == null) throw ApiError.invalidParameter("what is to be deleted must have a name");
        return name;
    }

    private static ObjectChange gone(ManifestDocument document, String name, String arn) {
        return new ObjectChange(document.kind().title(), name, "delete", arn, List.of(), null);
    }

    private static ObjectChange absent(ManifestDocument document, String name) {
        return new ObjectChange(document.kind().title(), name, "absent", "", List.of(), null);
    }

    private static ObjectChange kept(ManifestDocument document, String name, String arn, Uses.Use by) {
        String action = by.passes() ? "waits" : "kept";
        return new ObjectChange(document.kind().title(), name, action, arn, List.of(), by.what());
    }
}
