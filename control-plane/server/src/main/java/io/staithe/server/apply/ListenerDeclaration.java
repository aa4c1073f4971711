package io.staithe.server.apply;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.Listener;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;

final class ListenerDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateListenerRequest request = document.request(CreateListenerRequest.class);
        if (request.loadBalancerArn() == null) throw new Invalid("loadBalancerArn", "is required");
        if (request.port() == null) throw new Invalid("port", "is required");
        String loadBalancer = Names.loadBalancer(request.loadBalancerArn());
        Listener asked = Shapes.reading(request)
                .with("loadBalancer", loadBalancer)
                .with("protocol", request.protocolAsString() == null ? "HTTP" : request.protocolAsString())
                .with("defaultAction", ActionReading.one(request.defaultActions(), "defaultActions", draft))
                .ignoring("loadBalancerArn", "defaultActions")
                .as(Listener.class);
        Key of = Key.loadBalancer(loadBalancer);
        if (draft.state().get(of).isEmpty())
            throw new Invalid("loadBalancerArn", "no load balancer is named " + loadBalancer);
        draft.refer(of);
        refuseTakenPort(asked, draft);
        String arn = context.arns().listener(asked);
        Optional<Listener> there = draft.state().get(asked.key(), Listener.class);
        if (there.isPresent()) return Declaration.replaced(document, asked.id(), arn, there.get(), asked, draft);
        draft.put(asked);
        return Declaration.created(document, asked.id(), arn);
    }

    /** Every edge host carries every listener, so that a port is one load balancer's. */
    private static void refuseTakenPort(Listener asked, Draft draft) {
        draft.state()
                .all(io.staithe.core.model.Kind.LISTENER, Listener.class)
                .filter(other -> other.port() == asked.port() && !other.key().equals(asked.key()))
                .findFirst()
                .ifPresent(other -> {
                    throw new Invalid("port", "is taken by load balancer " + other.loadBalancer());
                });
    }
}
