package io.staithe.server.apply;

import io.staithe.core.model.Action;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.Shapes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;

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
        String named = asked.targetGroupArn();
        if (asked.forwardConfig() != null) {
            var groups = asked.forwardConfig().targetGroups();
            if (groups.size() != 1 || groups.get(0) == null)
                throw new Invalid("forwardConfig.targetGroups", "must be exactly one target group");
            named = groups.get(0).targetGroupArn();
        }
        if (named == null) throw new Invalid("targetGroupArn", "is required");
        String name = Names.targetGroup(named);
        Key key = Key.targetGroup(name);
        if (draft.state().get(key).isEmpty()) throw new Invalid("targetGroupArn", "no target group is named " + name);
        draft.refer(key);
        return Action.forward(name);
    }

    private static Action fixedResponse(@Nullable FixedResponseActionConfig asked) {
        if (asked == null) throw new Invalid("fixedResponseConfig", "is required");
        return new Action(
                null, Shapes.within("fixedResponseConfig", () -> Shapes.read(asked, Action.FixedResponse.class)), null);
    }

    private static Action redirect(@Nullable RedirectActionConfig asked) {
        if (asked == null) throw new Invalid("redirectConfig", "is required");
        return new Action(null, null, Shapes.within("redirectConfig", () -> Shapes.reading(asked)
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
