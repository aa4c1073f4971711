package io.staithe.core.assignment;

import io.staithe.core.model.Action;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Key;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Service;
import io.staithe.core.model.WeightedTargetGroup;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which parts of a listener's or a rule's traffic go to which target group while a service's deployments decide about it. ECS
 * rewrites the rule for that; here the rule stays what its user wrote, and what it does follows from the deployments.
 */
public final class ForwardShares {
    private ForwardShares() {}

    /**
     * By target group, in parts of 1000; of the two target groups the first is the service's own. Empty: no service decides,
     * and the rule does what it says.
     *
     * @param rule {@code LOADBALANCER:PORT} or {@code LOADBALANCER:PORT/PRIORITY}
     */
    public static Optional<Map<String, Integer>> of(ClusterState state, String rule) {
        return state.servicesShiftingTraffic()
                .filter(service -> service.status() != Service.Status.INACTIVE)
                .flatMap(service -> of(state, service, rule).stream())
                .findFirst();
    }

    /** The listener as it is to be carried out now. */
    static Listener of(ClusterState state, Listener listener) {
        return of(state, listener.id())
                .map(shares -> new Listener(
                        listener.loadBalancer(),
                        listener.port(),
                        listener.protocol(),
                        forward(shares),
                        listener.tags()))
                .orElse(listener);
    }

    /** The rule as it is to be carried out now. */
    static Rule of(ClusterState state, Rule rule) {
        return of(state, rule.key().id())
                .map(shares -> new Rule(
                        rule.listener(), rule.priority(), rule.hosts(), rule.paths(), forward(shares), rule.tags()))
                .orElse(rule);
    }

    /** The whole traffic is one group's alone: its weight may be any. */
    private static Action forward(Map<String, Integer> shares) {
        return Action.forward(shares.entrySet().stream()
                .map(share -> new WeightedTargetGroup(
                        share.getKey(), Math.min(share.getValue(), WeightedTargetGroup.MAX_WEIGHT)))
                .toList());
    }

    /** The listeners and rules about which a service's deployments decide. */
    static Stream<Key> decidedBy(Service service) {
        return service.revision().loadBalancers().stream()
                .map(LoadBalancerMapping::advancedConfiguration)
                .flatMap(Stream::ofNullable)
                .flatMap(advanced -> Stream.concat(
                        Stream.of(advanced.productionListenerRule()), Stream.ofNullable(advanced.testListenerRule())))
                .map(Key::listenerRule);
    }

    private static Optional<Map<String, Integer>> of(ClusterState state, Service service, String rule) {
        for (LoadBalancerMapping mapping : service.revision().loadBalancers()) {
            AdvancedConfiguration advanced = mapping.advancedConfiguration();
            if (advanced == null) continue;
            if (rule.equals(advanced.productionListenerRule()))
                return Optional.of(split(mapping, production(state, service)));
            if (rule.equals(advanced.testListenerRule())) return Optional.of(split(mapping, test(state, service)));
        }
        return Optional.empty();
    }

    private static Map<String, Integer> split(LoadBalancerMapping mapping, int alternate) {
        Map<String, Integer> shares = new TreeMap<>();
        shares.put(mapping.targetGroup(false), Deployment.WHOLE - alternate);
        shares.put(mapping.targetGroup(true), alternate);
        return shares;
    }

    /** How much of the production traffic the alternate target groups get. */
    private static int production(ClusterState state, Service service) {
        List<Deployment> serving = state.deploymentsOf(service.id())
                .filter(deployment -> deployment.incarnation().equals(service.incarnation()))
                .filter(deployment -> deployment.weight() > 0)
                .toList();
        long all = serving.stream().mapToInt(Deployment::weight).sum();
        long alternate = serving.stream()
                .filter(Deployment::alternate)
                .mapToInt(Deployment::weight)
                .sum();
        return all == 0 ? 0 : (int) (alternate * Deployment.WHOLE / all);
    }

    /** The test traffic goes to the new revision from the moment on that its tasks are there. */
    private static int test(ClusterState state, Service service) {
        Optional<Deployment> primary = state.deployment(service.deployment());
        boolean shows = primary.map(Deployment::lifecycleStage)
                .filter(stage -> stage.compareTo(LifecycleStage.TEST_TRAFFIC_SHIFT) >= 0)
                .isPresent();
        if (shows) return primary.orElseThrow().alternate() ? Deployment.WHOLE : 0;
        return production(state, service) * 2 > Deployment.WHOLE ? Deployment.WHOLE : 0;
    }
}
