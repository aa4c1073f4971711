package io.staithe.server.apply;

import io.staithe.server.ecs.Names;
import io.staithe.server.manifest.ManifestDocument;
import io.staithe.server.manifest.ManifestKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProvider;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.Target;

/**
 * What a document refers to, as far as other documents may declare it: so that one mistake is told once, and not again for
 * everything that builds on it.
 */
final class References {
    private References() {}

    /** The title of what a document declares, such as {@code TargetGroup web-tg}. */
    static String title(ManifestDocument document) {
        return title(document.kind(), document.name());
    }

    /** The titles of what it refers to. */
    static Set<String> of(ManifestDocument document) {
        Set<String> titles = new TreeSet<>();
        switch (document.kind()) {
            case SERVICE -> service(document.request(CreateServiceRequest.class), titles);
            case SCHEDULE -> schedule(document, titles);
            case LISTENER -> {
                CreateListenerRequest listener = document.request(CreateListenerRequest.class);
                if (listener.loadBalancerArn() != null)
                    titles.add(title(ManifestKind.LOAD_BALANCER, Names.loadBalancer(listener.loadBalancerArn())));
                actions(listener.defaultActions(), titles);
            }
            case RULE -> {
                CreateRuleRequest rule = document.request(CreateRuleRequest.class);
                titles.add(title(ManifestKind.LISTENER, String.valueOf(rule.listenerArn())));
                actions(rule.actions(), titles);
            }
            case CAPACITY_PROVIDER -> capacityProvider(document, titles);
            case CLUSTER ->
                document.request(CreateClusterRequest.class)
                        .capacityProviders()
                        .forEach(provider -> titles.add(title(ManifestKind.CAPACITY_PROVIDER, provider)));
            case HOST_GROUP, LOAD_BALANCER, TARGET_GROUP, TASK_DEFINITION -> {}
        }
        return titles;
    }

    private static void capacityProvider(ManifestDocument document, Set<String> titles) {
        AutoScalingGroupProvider provider =
                document.request(CreateCapacityProviderRequest.class).autoScalingGroupProvider();
        String group =
                provider == null ? document.extension("hostGroup", String.class) : provider.autoScalingGroupArn();
        if (group != null) titles.add(title(ManifestKind.HOST_GROUP, Names.hostGroup(group)));
    }

    private static void service(CreateServiceRequest service, Set<String> titles) {
        titles.add(title(ManifestKind.CLUSTER, Names.cluster(service.cluster())));
        if (service.taskDefinition() != null)
            titles.add(title(
                    ManifestKind.TASK_DEFINITION,
                    Names.taskDefinition(service.taskDefinition()).replaceFirst(":.*", "")));
        service.loadBalancers().stream()
                .filter(Objects::nonNull)
                .map(LoadBalancer::targetGroupArn)
                .filter(Objects::nonNull)
                .forEach(arn -> titles.add(title(ManifestKind.TARGET_GROUP, Names.targetGroup(arn))));
    }

    private static void schedule(ManifestDocument document, Set<String> titles) {
        Target target = document.request(CreateScheduleRequest.class).target();
        if (target == null) return;
        titles.add(title(ManifestKind.CLUSTER, Names.cluster(target.arn())));
        if (target.ecsParameters() != null && target.ecsParameters().taskDefinitionArn() != null)
            titles.add(title(
                    ManifestKind.TASK_DEFINITION,
                    Names.taskDefinition(target.ecsParameters().taskDefinitionArn())
                            .replaceFirst(":.*", "")));
    }

    private static void actions(List<Action> actions, Set<String> titles) {
        actions.stream()
                .filter(Objects::nonNull)
                .flatMap(References::targetGroups)
                .filter(Objects::nonNull)
                .forEach(arn -> titles.add(title(ManifestKind.TARGET_GROUP, Names.targetGroup(arn))));
    }

    private static Stream<String> targetGroups(Action action) {
        Stream<String> several = action.forwardConfig() == null
                ? Stream.of()
                : action.forwardConfig().targetGroups().stream()
                        .filter(Objects::nonNull)
                        .map(group -> group.targetGroupArn());
        return Stream.concat(Stream.ofNullable(action.targetGroupArn()), several);
    }

    private static String title(ManifestKind kind, String name) {
        return kind.title() + " " + name;
    }
}
