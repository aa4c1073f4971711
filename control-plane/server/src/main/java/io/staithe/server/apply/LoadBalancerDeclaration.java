package io.staithe.server.apply;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.LoadBalancer;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;

/** Networks and addresses are those of the edge hosts: what a file says of them is accepted, and means nothing. */
final class LoadBalancerDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateLoadBalancerRequest request = document.request(CreateLoadBalancerRequest.class);
        if (request.typeAsString() != null && !request.typeAsString().equals("application"))
            throw new Invalid("type", "must be application");
        Optional<LoadBalancer> there = Optional.ofNullable(request.name())
                .flatMap(name -> draft.state().get(Key.loadBalancer(name), LoadBalancer.class));
        LoadBalancer asked = Shapes.reading(request)
                .with(
                        "createdAt",
                        there.map(LoadBalancer::createdAt)
                                .orElse(context.caller().now()))
                .ignoring("type", "subnets", "subnetMappings", "securityGroups", "scheme", "ipAddressType")
                .as(LoadBalancer.class);
        String arn = context.arns().loadBalancer(asked.name());
        if (there.isPresent()) return Declaration.replaced(document, asked.name(), arn, there.get(), asked, draft);
        draft.put(asked);
        return Declaration.created(document, asked.name(), arn);
    }
}
