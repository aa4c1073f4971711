package io.staithe.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.store.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state against a plain map that is searched from end to end. */
final class ClusterStateTest {
    private static final int COMMITS = 150;

    private final Map<Key, Versioned<?>> model = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void indexesAgreeWithASearchAfterRandomChanges(long seed) {
        Sample sample = new Sample(seed);
        ClusterState state = ClusterState.EMPTY;
        for (long revision = 1; revision <= COMMITS; revision++) state = state.apply(change(sample, revision));
        assertAgrees(state);
        assertAgrees(ClusterState.of(COMMITS, List.copyOf(model.values())));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void olderSnapshotsStayAsTheyWere(long seed) {
        Sample sample = new Sample(seed);
        Map<ClusterState, List<?>> kept = new LinkedHashMap<>();
        ClusterState state = ClusterState.EMPTY;
        for (long revision = 1; revision <= COMMITS; revision++) {
            kept.put(state, List.copyOf(model.values()));
            state = state.apply(change(sample, revision));
        }
        kept.forEach((older, objects) -> {
            assertEquals(objects, older.objects().toList());
            assertEquals(
                    objects.stream()
                            .filter(o -> ((Versioned<?>) o).entity() instanceof Task)
                            .count(),
                    older.count(Kind.TASK));
        });
    }

    @Test
    void anEventThatIsNotNewerChangesNothing() {
        Sample sample = new Sample(1);
        ClusterState state = ClusterState.EMPTY.apply(new Event.Changed(5, puts(sample.entity())));
        assertSame(state, state.apply(new Event.Changed(5, puts(sample.entity()))));
        assertSame(state, state.apply(new Event.Changed(4, puts(sample.entity()))));
        assertEquals(6, state.apply(new Event.Changed(6, List.of())).revision());
    }

    @Test
    void aPlanThatWasCommittedReadsAsItsEvent() {
        Sample sample = new Sample(2);
        Task task = sample.of(Task.class);
        Cluster cluster = sample.of(Cluster.class);
        ClusterState before = ClusterState.EMPTY.apply(new Event.Changed(1, puts(cluster)));
        ClusterState after = before.apply(Plan.of(Change.create(task), Change.delete(cluster.key(), 1)), 7);
        assertEquals(7, after.revisionOf(task.key()));
        assertEquals(List.of(new Versioned<>(task, 7)), after.objects().toList());
        assertEquals(Change.ABSENT, after.revisionOf(cluster.key()));
    }

    /** Puts and deletes; often over what is there, so that an object moves from one index entry to another. */
    private Event.Changed change(Sample sample, long revision) {
        List<Event.Update> updates = new ArrayList<>();
        for (int i = sample.between(1, 4); i > 0; i--) {
            Entity entity = sample.chance(0.3) ? moved(sample) : sample.entity();
            boolean delete = sample.chance(0.25) && !model.isEmpty();
            Key key = delete ? sample.pick(List.copyOf(model.keySet())) : entity.key();
            updates.add(new Event.Update(key, delete ? null : entity));
            if (delete) model.remove(key);
            else model.put(key, new Versioned<>(entity, revision));
        }
        return new Event.Changed(revision, updates);
    }

    /** A task that is there, stopped or placed elsewhere; or something new. */
    private Entity moved(Sample sample) {
        List<Task> tasks = all(Task.class, t -> true);
        if (tasks.isEmpty()) return sample.entity();
        Task.Builder task = sample.pick(tasks).but();
        if (sample.chance(0.5)) return task.stoppedAt(sample.instant()).build();
        return task.placed(sample.of(ContainerInstance.class).id(), sample.instant(), sample.of(PlacementReport.class))
                .build();
    }

    private void assertAgrees(ClusterState state) {
        assertEquals(List.copyOf(model.values()), state.objects().toList());
        assertEquals(model.size(), state.size());
        for (Kind kind : Kind.values()) {
            List<Entity> found = all(Entity.class, e -> e.key().kind() == kind);
            assertEquals(found, state.all(kind, Entity.class).toList());
            assertEquals(found.size(), state.count(kind));
        }
        model.values().forEach(object -> {
            assertEquals(object.entity(), state.get(object.entity().key()).orElseThrow());
            assertEquals(object.revision(), state.revisionOf(object.entity().key()));
        });
        assertFound(ContainerInstance.class, ContainerInstance::edge, state.edgeHosts());
        assertAgreesByName(state);
        assertAgreesById(state);
    }

    private void assertAgreesByName(ClusterState state) {
        for (String name : names().toList()) {
            assertFound(Service.class, s -> s.cluster().equals(name), state.servicesOf(name));
            assertFound(
                    Service.class,
                    s -> s.cluster().equals(name) && s.keepsHeadroom(),
                    state.servicesWithHeadroom(name));
            assertFound(Task.class, t -> t.cluster().equals(name), state.tasksIn(name));
            assertEquals(waiting(name), List.copyOf(state.waitingTasks(name)));
            assertFound(ContainerInstance.class, i -> i.cluster().equals(name), state.instancesOf(name));
            assertFound(TaskDefinition.class, d -> d.family().equals(name), state.revisions(name));
            assertEquals(
                    model.containsKey(Key.cluster(name)), state.cluster(name).isPresent());
        }
        for (ServiceId service : serviceIds().toList()) {
            assertFound(Task.class, t -> service.equals(t.service()), state.tasksOf(service));
            assertFound(Deployment.class, d -> service.equals(d.service()), state.deploymentsOf(service));
            assertEquals(
                    model.containsKey(Key.service(service)),
                    state.service(service).isPresent());
        }
    }

    private List<Task> waiting(String cluster) {
        return all(Task.class, t -> t.cluster().equals(cluster) && t.instance() == null && t.isActive()).stream()
                .sorted(Comparator.<Task>comparingInt(t -> t.policy().priority())
                        .reversed()
                        .thenComparing(Task::createdAt)
                        .thenComparing(Task::id))
                .toList();
    }

    private void assertAgreesById(ClusterState state) {
        for (TaskHost on : hosts().toList()) {
            assertFound(Task.class, t -> on.host().equals(t.instance()), state.tasksOn(on.host()));
            assertFound(TargetHealth.class, h -> h.edge().equals(on.host()), state.targetHealthFrom(on.host()));
            assertFound(TargetHealth.class, h -> h.task().equals(on.task()), state.targetHealthOf(on.task()));
            assertEquals(
                    model.containsKey(Key.taskReport(on.task())),
                    state.report(on.task()).isPresent());
            assertEquals(
                    model.containsKey(Key.session(on.host())),
                    state.session(on.host()).isPresent());
        }
    }

    private record TaskHost(TaskId task, InstanceId host) {}

    private Stream<TaskHost> hosts() {
        return Stream.of(
                        all(Task.class, t -> t.instance() != null).stream()
                                .map(t -> new TaskHost(t.id(), t.instance())),
                        all(TargetHealth.class, h -> true).stream().map(h -> new TaskHost(h.task(), h.edge())),
                        all(TaskReport.class, r -> true).stream().map(r -> new TaskHost(r.task(), r.instance())),
                        all(AgentSession.class, a -> true).stream()
                                .map(a -> new TaskHost(TaskId.of(a.instance().value()), a.instance())))
                .flatMap(stream -> stream);
    }

    private static Stream<String> names() {
        return Stream.of("web", "api", "db", "job-", "x_")
                .flatMap(prefix -> Stream.iterate(0, i -> i + 1).limit(21).map(i -> prefix + i));
    }

    private Stream<ServiceId> serviceIds() {
        return Stream.concat(
                all(Task.class, t -> t.service() != null).stream().map(Task::service),
                all(Deployment.class, d -> true).stream().map(Deployment::service));
    }

    private <E extends Entity> void assertFound(Class<E> type, Predicate<E> which, Stream<E> found) {
        assertEquals(all(type, which), found.toList());
    }

    private <E extends Entity> List<E> all(Class<E> type, Predicate<E> which) {
        return model.values().stream()
                .map(Versioned::entity)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .toList();
    }

    private static List<Event.Update> puts(Entity entity) {
        assertTrue(entity.key().id().length() > 0);
        return List.of(new Event.Update(entity.key(), entity));
    }
}
