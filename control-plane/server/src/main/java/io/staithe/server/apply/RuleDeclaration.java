package io.staithe.server.apply;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

final class RuleDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateRuleRequest request = document.request(CreateRuleRequest.class);
        if (request.priority() == null) throw new Invalid("priority", "is required");
        String listener = listener(request, draft, context);
        Rule asked = Shapes.reading(request)
                .with("listener", listener)
                .with("hosts", values(request.conditions(), "host-header"))
                .with("paths", values(request.conditions(), "path-pattern"))
                .with("action", ActionReading.one(request.actions(), "actions", draft))
                .ignoring("listenerArn", "conditions", "actions")
                .as(Rule.class);
        draft.refer(new Key(Kind.LISTENER, listener));
        String arn = context.arns().rule(asked);
        String name = asked.key().id();
        Optional<Rule> there = draft.state().get(asked.key(), Rule.class);
        if (there.isPresent()) return Declaration.replaced(document, name, arn, there.get(), asked, draft);
        draft.put(asked);
        return Declaration.created(document, name, arn);
    }

    /** {@code LOADBALANCER:PORT} or an ARN, as the id of a listener that is there. */
    private static String listener(CreateRuleRequest request, Draft draft, Context context) {
        String named = request.listenerArn();
        if (named == null) throw new Invalid("listenerArn", "is required");
        return draft.state()
                .all(Kind.LISTENER, Listener.class)
                .filter(known -> known.id().equals(named)
                        || context.arns().listener(known).equals(named))
                .map(Listener::id)
                .findFirst()
                .orElseThrow(
                        () -> new Invalid("listenerArn", "no listener is named " + named + "; it must be NAME:PORT"));
    }

    private static List<String> values(List<RuleCondition> conditions, String field) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            RuleCondition condition = conditions.get(i);
            String at = "conditions[" + i + "]";
            if (condition == null) throw new Invalid(at, "must not be null");
            if (!List.of("host-header", "path-pattern").contains(String.valueOf(condition.field())))
                throw new Invalid(at + ".field", "must be one of host-header, path-pattern");
            if (!field.equals(condition.field())) continue;
            values.addAll(condition.values());
            if (condition.hostHeaderConfig() != null)
                values.addAll(condition.hostHeaderConfig().values());
            if (condition.pathPatternConfig() != null)
                values.addAll(condition.pathPatternConfig().values());
        }
        return values;
    }
}
