package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Settings;
import io.staithe.core.model.ProvisionedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * What EC2 is asked for a host. Of the same host it is always the same, whenever it is asked: under one client token EC2 refuses
 * anything else.
 */
final class Launch {
    private static final Set<String> SETTINGS = Set.of(
            "imageId",
            "imageId.",
            "launchTemplate",
            "launchTemplateVersion",
            "subnets",
            "securityGroups",
            "instanceProfile",
            "keyName",
            "spotMaxPrice",
            "metadataHopLimit",
            "agentUrl",
            "agentSha256",
            "tag.");

    private final HostRequest request;
    private final ProviderContext context;
    private final Settings settings;

    private Launch(HostRequest request, ProviderContext context) {
        this.request = request;
        this.context = context;
        settings = Settings.of(request, SETTINGS);
    }

    /** @throws ProviderException of kind INVALID */
    static RunInstancesRequest of(HostRequest request, ProviderContext context) {
        if (request.type().equals(ProvisionedHost.MADE_TO_MEASURE))
            throw new ProviderException(Kind.INVALID, "ec2 has instance types only: the group must name them");
        return new Launch(request, context).request();
    }

    private RunInstancesRequest request() {
        RunInstancesRequest.Builder run = RunInstancesRequest.builder()
                .clientToken(request.id().value())
                .minCount(1)
                .maxCount(1)
                .instanceType(request.type())
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .userData(UserData.of(request, context, settings))
                .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED)
                        .httpPutResponseHopLimit(settings.number("metadataHopLimit", 1)))
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(Labels.of(request, context.owner(), settings.beginningWith("tag.")))
                        .build());
        image(run);
        place(run);
        List<String> groups = settings.list("securityGroups");
        if (!groups.isEmpty()) run.securityGroupIds(groups);
        settings.text("keyName").ifPresent(run::keyName);
        settings.text("instanceProfile")
                .ifPresent(profile -> run.iamInstanceProfile(to -> to.arn(profile.startsWith("arn:") ? profile : null)
                        .name(profile.startsWith("arn:") ? null : profile)));
        if (request.spot())
            run.instanceMarketOptions(market -> market.marketType(MarketType.SPOT)
                    .spotOptions(spot -> spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                            .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE)
                            .maxPrice(settings.text("spotMaxPrice").orElse(null))));
        return run.build();
    }

    private void image(RunInstancesRequest.Builder run) {
        String template = settings.text("launchTemplate").orElse(null);
        String image = settings.text("imageId." + request.architecture())
                .or(() -> settings.text("imageId"))
                .orElse(null);
        if (template == null && image == null) throw Settings.invalid("imageId", "is required without launchTemplate");
        run.imageId(image);
        if (template == null) return;
        LaunchTemplateSpecification.Builder specification = LaunchTemplateSpecification.builder()
                .version(settings.text("launchTemplateVersion").orElse(null));
        run.launchTemplate((template.startsWith("lt-")
                        ? specification.launchTemplateId(template)
                        : specification.launchTemplateName(template))
                .build());
    }

    /** A subnet is in one zone: {@code ZONE=SUBNET}, or those of any zone. Which one, the host's id says. */
    private void place(RunInstancesRequest.Builder run) {
        List<String> fitting = new ArrayList<>();
        boolean zoned = false;
        for (String entry : settings.list("subnets")) {
            int equals = entry.indexOf('=');
            zoned |= equals >= 0;
            if (request.zone() == null
                    || (equals >= 0 && entry.substring(0, equals).equals(request.zone())))
                fitting.add(entry.substring(equals + 1));
        }
        if (fitting.isEmpty() && zoned) throw Settings.invalid("subnets", "has no subnet in " + request.zone());
        if (!fitting.isEmpty())
            run.subnetId(fitting.get(Math.floorMod(request.id().value().hashCode(), fitting.size())));
        else if (request.zone() != null) run.placement(placement -> placement.availabilityZone(request.zone()));
    }
}
