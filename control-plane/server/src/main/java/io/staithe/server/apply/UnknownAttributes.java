package io.staithe.server.apply;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Service;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.query.Comparison;
import io.staithe.core.query.Expression;
import io.staithe.core.query.Operator;
import io.staithe.core.query.Subject;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Attributes that a service's constraints or preferences ask for and no host of its cluster has: a slip more often than not,
 * and told before tasks wait for it. A host that has it may still come, so it is no error.
 */
final class UnknownAttributes {
    private UnknownAttributes() {}

    /** A sentence for each attribute; none while the cluster has no host. */
    static List<String> notes(Service service, ClusterState state) {
        List<ContainerInstance> hosts = state.instancesOf(service.cluster())
                .filter(host -> host.status() != Status.INACTIVE)
                .toList();
        if (hosts.isEmpty()) return List.of();
        return expressions(service, state)
                .flatMap(UnknownAttributes::attributes)
                .distinct()
                .filter(name ->
                        hosts.stream().noneMatch(host -> host.attribute(name).isPresent()))
                .map(name -> "No host of cluster " + service.cluster() + " has an attribute " + name
                        + ", which the placement of service " + service.name() + " asks for.")
                .toList();
    }

    private static Stream<String> expressions(Service service, ClusterState state) {
        Stream<PlacementConstraint> ofTasks =
                state
                        .taskDefinition(service.revision().taskDefinition())
                        .map(TaskDefinition::placementConstraints)
                        .stream()
                        .flatMap(List::stream);
        Stream<String> constraints = Stream.concat(service.revision().placementConstraints().stream(), ofTasks)
                .filter(PlacementConstraint::isMemberOf)
                .flatMap(constraint -> Optional.ofNullable(constraint.expression()).stream());
        Stream<String> preferences = Optional.ofNullable(service.placementPolicy()).stream()
                .flatMap(policy -> policy.preferences().stream())
                .map(PlacementPolicy.Preference::expression);
        return Stream.concat(constraints, preferences);
    }

    /** Not those that are asked to be absent. */
    private static Stream<String> attributes(String expression) {
        return Expression.parse(expression).conjuncts().stream()
                .flatMap(Expression::comparisons)
                .filter(comparison -> comparison.operator() != Operator.NOT_EXISTS)
                .map(Comparison::subject)
                .filter(subject -> subject.kind() == Subject.Kind.ATTRIBUTE)
                .map(Subject::attribute);
    }
}
