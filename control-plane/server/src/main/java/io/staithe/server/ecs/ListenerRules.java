package io.staithe.server.ecs;

import io.staithe.core.model.Action;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.Rule;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The listeners and rules whose traffic a service's deployments move. */
final class ListenerRules {
    private ListenerRules() {}

    /** @throws ApiError InvalidParameterException for what is not there, or leads elsewhere */
    static void check(ClusterState state, String targetGroup, AdvancedConfiguration advanced) {
        if (state.get(Key.targetGroup(advanced.alternateTargetGroup())).isEmpty())
            throw ApiError.invalidParameter(
                    "The target group with targetGroupArn " + advanced.alternateTargetGroup() + " does not exist.");
        check(state, "productionListenerRule", advanced.productionListenerRule(), targetGroup, advanced);
        check(state, "testListenerRule", advanced.testListenerRule(), targetGroup, advanced);
    }

    private static void check(
            ClusterState state,
            String field,
            @Nullable String rule,
            String targetGroup,
            AdvancedConfiguration advanced) {
        if (rule == null) return;
        Action action = action(state, rule)
                .orElseThrow(() -> ApiError.invalidParameter(field + ": there is no listener or rule " + rule + "."));
        boolean leadsHere = action.forwardsTo(targetGroup) || action.forwardsTo(advanced.alternateTargetGroup());
        if (!leadsHere)
            throw ApiError.invalidParameter(field + ": " + rule + " must forward to " + targetGroup + " or "
                    + advanced.alternateTargetGroup() + ".");
    }

    private static Optional<Action> action(ClusterState state, String rule) {
        Key key = Key.listenerRule(rule);
        return key.kind() == Kind.RULE
                ? state.get(key, Rule.class).map(Rule::action)
                : state.get(key, Listener.class).map(Listener::defaultAction);
    }
}
