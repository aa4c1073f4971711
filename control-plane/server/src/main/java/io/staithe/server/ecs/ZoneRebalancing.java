package io.staithe.server.ecs;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import java.util.List;
import java.util.Optional;

/**
 * Which services may ask for Availability Zone rebalancing (developer guide, "Balancing an Amazon ECS service across
 * Availability Zones"). A new service for which nothing is said has it if it may.
 */
final class ZoneRebalancing {
    private static final String ZONE = "attribute:" + Attribute.AVAILABILITY_ZONE;

    private ZoneRebalancing() {}

    static String unlessAsked(Service created) {
        return hindrance(created).isEmpty() ? "ENABLED" : "DISABLED";
    }

    /** @throws Invalid when it is asked for and the service cannot have it */
    static void check(Service service) {
        hindrance(service).ifPresent(why -> {
            throw new Invalid("availabilityZoneRebalancing", "cannot be ENABLED with " + why);
        });
    }

    private static Optional<String> hindrance(Service service) {
        ServiceRevision revision = service.revision();
        Integer maximum = service.deploymentConfiguration().maximumPercent();
        if (service.schedulingStrategy() == Service.SchedulingStrategy.DAEMON)
            return Optional.of("the scheduling strategy DAEMON");
        if ("EXTERNAL".equals(revision.launchType())) return Optional.of("the launch type EXTERNAL");
        if (maximum != null && maximum <= 100) return Optional.of("a maximumPercent of at most 100");
        if (!spreadsOverZonesFirst(revision.placementStrategy()))
            return Optional.of("a placement strategy that does not begin with spread by " + ZONE);
        if (revision.placementConstraints().stream().anyMatch(ZoneRebalancing::isAboutZones))
            return Optional.of("a placement constraint on " + ZONE);
        return Optional.empty();
    }

    private static boolean spreadsOverZonesFirst(List<PlacementStrategy> strategies) {
        return strategies.isEmpty()
                || (strategies.get(0).type().equals("spread")
                        && ZONE.equals(strategies.get(0).field()));
    }

    private static boolean isAboutZones(PlacementConstraint constraint) {
        return constraint.expression() != null && constraint.expression().contains(ZONE);
    }
}
