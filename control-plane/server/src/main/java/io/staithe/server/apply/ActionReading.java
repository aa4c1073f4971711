package io.staithe.server.apply;

import io.staithe.core.model.Action;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.WeightedTargetGroup;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Reads the actions of listeners and rules, of which there is one each. */
final class ActionReading {
    /** ELB's way of saying that a part stays as it was in the request. */
    private static final String SAME = "#{";

    private ActionReading() {}

    static Action one(
            List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> actions,
            String field,
            Draft draft) {
        if (actions.size() != 1 || actions.get(0) == null) throw new Invalid(field, "must be exactly one action");
        return Shapes.within(field + "[0]", () -> read(actions.get(0), draft));
    }

    private static Action read(software.amazon.awssdk.services.elasticloadbalancingv2.model.Action asked, Draft draft) {
        String type = String.valueOf(asked.typeAsString());
        return switch (type) {
            case "forward" -> forward(asked, draft);
            case "fixed-response" -> fixedResponse(asked.fixedResponseConfig());
            case "redirect" -> redirect(asked.redirectConfig());
            default -> throw new Invalid("type", "must be one of forward, fixed-response, redirect");
        };
    }

    private static Action forward(
            software.amazon.awssdk.services.elasticloadbalancingv2.model.Action asked, Draft draft) {
        if (asked.forwardConfig() == null) return Action.forward(targetGroup(asked.targetGroupArn(), draft));
        ForwardActionConfig config = asked.forwardConfig();
        TargetGroupStickinessConfig stickiness = config.targetGroupStickinessConfig();
        if (stickiness != null && Boolean.TRUE.equals(stickiness.enabled()))
            throw new Invalid("forwardConfig.targetGroupStickinessConfig.enabled", "is not supported");
        if (config.targetGroups().isEmpty()) throw new Invalid("forwardConfig.targetGroups", "is required");
        List<WeightedTargetGroup> groups = new ArrayList<>();
        for (TargetGroupTuple tuple : config.targetGroups())
            groups.add(
                    Shapes.within("forwardConfig.targetGroups[" + groups.size() + "]", () -> weighted(tuple, draft)));
        if (asked.targetGroupArn() != null
                && (groups.size() != 1
                        || !groups.get(0).targetGroup().equals(Names.targetGroup(asked.targetGroupArn()))))
            throw new Invalid("targetGroupArn", "must be left out, or name the only one of forwardConfig.targetGroups");
        return Action.forward(groups);
    }

    /** ELB: a group without a weight has 1. */
    private static WeightedTargetGroup weighted(@Nullable TargetGroupTuple asked, Draft draft) {
        if (asked == null) throw new Invalid("", "is required");
        return new WeightedTargetGroup(
                targetGroup(asked.targetGroupArn(), draft), asked.weight() == null ? 1 : asked.weight());
    }

    private static String targetGroup(@Nullable String named, Draft draft) {
        if (named == null) throw new Invalid("targetGroupArn", "is required");
        String name = Names.targetGroup(named);
        Key key = Key.targetGroup(name);
        if (draft.state().get(key).isEmpty()) throw new Invalid("targetGroupArn", "no target group is named " + name);
        draft.refer(key);
        return name;
    }

    private static Action fixedResponse(@Nullable FixedResponseActionConfig asked) {
        if (asked == null) throw new Invalid("fixedResponseConfig", "is required");
        return new Action(
                List.of(),
                Shapes.within("fixedResponseConfig", () -> Shapes.read(asked, Action.FixedResponse.class)),
                null);
    }

    private static Action redirect(@Nullable RedirectActionConfig asked) {
        if (asked == null) throw new Invalid("redirectConfig", "is required");
        return new Action(List.of(), null, Shapes.within("redirectConfig", () -> Shapes.reading(asked)
                .with("statusCode", "HTTP_301".equals(asked.statusCodeAsString()) ? 301 : statusOr302(asked))
                .with("protocol", changed(asked.protocol()))
                .with("host", changed(asked.host()))
                .with("port", port(changed(asked.port())))
                .with("path", changed(asked.path()))
                .with("query", query(changed(asked.query())))
                .as(Action.Redirect.class)));
    }

    private static int statusOr302(RedirectActionConfig asked) {
        if (!"HTTP_302".equals(asked.statusCodeAsString()))
            throw new Invalid("statusCode", "must be HTTP_301 or HTTP_302");
        return 302;
    }

    private static @Nullable String query(@Nullable String query) {
        if (query != null) throw new Invalid("query", "is not supported");
        return null;
    }

    private static @Nullable Integer port(@Nullable String port) {
        if (port == null) return null;
        if (!port.matches("[0-9]{1,5}")) throw new Invalid("port", "must be a port number");
        return Integer.valueOf(port);
    }

    private static @Nullable String changed(@Nullable String part) {
        return part == null || part.contains(SAME) ? null : part;
    }
}
