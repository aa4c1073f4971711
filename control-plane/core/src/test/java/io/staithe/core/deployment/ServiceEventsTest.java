package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service says, in ECS's words: once for all tasks that do the same at the same time. */
class ServiceEventsTest extends WebDeploymentCase {
    private static final int TASKS = 30;

    private final TaskDefinition definition = world.definition("web", 1, 64);

    ServiceEventsTest() {
        world.host("h1", 16_384, 16_384);
        world.edge("edge");
        world.edge("edge2");
        world.targetGroup("one", 0);
        world.targetGroup("two", 0);
        ServiceRevision revision = ServiceRevision.of(definition.id())
                .but()
                .loadBalancers(List.of(
                        new LoadBalancerMapping("one", "app", 80, null),
                        new LoadBalancerMapping("two", "app", 81, null)))
                .build();
        world.service("web", revision, TASKS, DeploymentConfiguration.DEFAULT);
        world.rest();
    }

    @Test
    void aServiceThatComesUp() {
        assertEquals(
                List.of(
                        "(service web) (deployment ecs-svc/" + primary().id() + ") deployment in progress.",
                        "(service web) registered 30 targets in (target-group one)",
                        "(service web) registered 30 targets in (target-group two)",
                        "(service web) (deployment ecs-svc/" + primary().id() + ") deployment completed.",
                        "(service web) has reached a steady state."),
                sayings().stream()
                        .filter(message -> !message.contains("has started"))
                        .toList());
        assertTrue(said("(service web) has started 30 tasks: (task "));
    }

    @Test
    void aServiceThatIsMadeSmaller() {
        int before = sayings().size();
        world.put(world.service("web").but().desiredCount(10).build());
        world.rest();
        List<String> since = sayings().subList(before, sayings().size());
        assertTrue(since.get(0).startsWith("(service web) has stopped 20 running tasks: (task "), since.get(0));
        assertEquals(
                List.of(
                        "(service web) has begun draining connections on 20 tasks.",
                        "(service web) deregistered 20 targets in (target-group one)",
                        "(service web) deregistered 20 targets in (target-group two)",
                        "(service web) has reached a steady state."),
                since.subList(1, since.size()));
    }

    @Test
    void aTaskThatEndsByItselfHasNothingToDrain() {
        int before = sayings().size();
        world.dies(world.running("web").get(0).id());
        world.settle();
        List<String> since = sayings().subList(before, sayings().size());
        assertTrue(since.contains("(service web) deregistered 1 targets in (target-group one)"), since.toString());
        assertTrue(since.stream().noneMatch(message -> message.contains("draining")), since.toString());
    }

    @Test
    void aTaskThatNeverRanNeverHadATarget() {
        int before = sayings().size();
        world.put(world.service("web").but().desiredCount(TASKS + 5).build());
        world.settle();
        world.put(world.service("web").but().desiredCount(TASKS).build());
        world.rest();
        List<String> since = sayings().subList(before, sayings().size());
        assertTrue(since.stream().noneMatch(message -> message.contains("targets")), since.toString());
        assertTrue(since.stream().noneMatch(message -> message.contains("draining")), since.toString());
    }

    private List<String> sayings() {
        return world.messages().stream()
                .filter(message -> message.startsWith("(service web)"))
                .toList();
    }
}
