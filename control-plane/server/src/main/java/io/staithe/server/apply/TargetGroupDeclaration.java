package io.staithe.server.apply;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.TargetGroup;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;

final class TargetGroupDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateTargetGroupRequest request = document.request(CreateTargetGroupRequest.class);
        Optional<TargetGroup> there = Optional.ofNullable(request.name())
                .flatMap(name -> draft.state().get(Key.targetGroup(name), TargetGroup.class));
        TargetGroup asked = read(
                request,
                document,
                there.map(TargetGroup::createdAt).orElse(context.caller().now()));
        String arn = context.arns().targetGroup(asked.name());
        if (there.isPresent()) return Declaration.replaced(document, asked.name(), arn, there.get(), asked, draft);
        draft.put(asked);
        return Declaration.created(document, asked.name(), arn);
    }

    /** What says the same as leaving it out is accepted; what asks for more than there is, is not. */
    private static TargetGroup read(CreateTargetGroupRequest request, ManifestDocument document, Instant createdAt) {
        only(request.healthCheckProtocolAsString(), "HTTP", "healthCheckProtocol");
        only(request.healthCheckPort(), "traffic-port", "healthCheckPort");
        only(request.protocolVersion(), "HTTP1", "protocolVersion");
        if (Boolean.FALSE.equals(request.healthCheckEnabled())) throw new Invalid("healthCheckEnabled", "must be true");
        return Shapes.reading(request)
                .with("protocol", request.protocolAsString() == null ? "HTTP" : request.protocolAsString())
                .with("healthCheckPath", request.healthCheckPath() == null ? "/" : request.healthCheckPath())
                .with(
                        "matcher",
                        request.matcher() == null ? null : request.matcher().httpCode())
                .with("deregistrationDelaySeconds", document.extension("deregistrationDelaySeconds", Integer.class))
                .with("slowStartSeconds", document.extension("slowStartSeconds", Integer.class))
                .with("createdAt", createdAt)
                .ignoring("healthCheckProtocol", "healthCheckPort", "protocolVersion", "healthCheckEnabled")
                .ignoring("vpcId", "targetType", "ipAddressType")
                .as(TargetGroup.class);
    }

    private static void only(@Nullable String value, String supported, String field) {
        if (value != null && !value.equals(supported)) throw new Invalid(field, "must be " + supported);
    }
}
