package io.staithe.server.apply;

import io.staithe.capacity.planner.CapacityReconciler;
import io.staithe.core.control.Preview;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.apply.ApplyResult.Capacity;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.apply.ApplyResult.TaskChanges;
import io.staithe.server.apply.Declaration.Context;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import io.staithe.server.manifest.ManifestDocument;
import io.staithe.server.manifest.ManifestError;
import io.staithe.server.manifest.ManifestKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state what files declare. All of it is drafted and checked first; it is written in one commit when that is large
 * enough, else in as few as possible, each of them whole, what others refer to first.
 */
final class Applying {
    /** What others refer to comes before them. */
    private static final List<ManifestKind> ORDER = List.of(
            ManifestKind.HOST_GROUP,
            ManifestKind.CAPACITY_PROVIDER,
            ManifestKind.CLUSTER,
            ManifestKind.LOAD_BALANCER,
            ManifestKind.TARGET_GROUP,
            ManifestKind.LISTENER,
            ManifestKind.RULE,
            ManifestKind.TASK_DEFINITION,
            ManifestKind.SERVICE,
            ManifestKind.SCHEDULE);

    private static final Map<ManifestKind, Declaration> DECLARATIONS = Map.of(
            ManifestKind.HOST_GROUP, new HostGroupDeclaration(),
            ManifestKind.CAPACITY_PROVIDER, new CapacityProviderDeclaration(),
            ManifestKind.CLUSTER, new ClusterDeclaration(),
            ManifestKind.LOAD_BALANCER, new LoadBalancerDeclaration(),
            ManifestKind.TARGET_GROUP, new TargetGroupDeclaration(),
            ManifestKind.LISTENER, new ListenerDeclaration(),
            ManifestKind.RULE, new RuleDeclaration(),
            ManifestKind.TASK_DEFINITION, new TaskDefinitionDeclaration(),
            ManifestKind.SERVICE, new ServiceDeclaration(),
            ManifestKind.SCHEDULE, new ScheduleDeclaration());

    /** More would be more objects than files may hold. */
    private static final int MAX_COMMITS = 1000;

    private final Commits commits;

    Applying(Commits commits) {
        this.commits = commits;
    }

    /** A draft of everything, and what is to be said of each document. */
    private record Drafted(Draft draft, List<ObjectChange> changes) {}

    static Comparator<ManifestDocument> inOrder() {
        return Comparator.comparingInt(document -> ORDER.indexOf(document.kind()));
    }

    ApplyResult plan(List<ManifestDocument> documents, @Nullable Long expectedRevision, Context context) {
        ClusterState state = commits.state();
        Drafted drafted = draft(state, documents, context);
        refuseIfMoved(drafted, expectedRevision);
        Preview.Outcome outcome =
                Preview.of(state, drafted.draft().whole(), context.caller().now(), List.of(new CapacityReconciler()));
        List<String> notes = new ArrayList<>(notes(drafted, drafted.draft().plans()));
        if (!outcome.settled()) notes.add("The preview did not come to rest; it shows how far it came.");
        return new ApplyResult(
                state.revision(),
                true,
                drafted.changes(),
                tasks(outcome, drafted.draft().state()),
                HostChanges.of(outcome),
                CapacityForecast.of(
                        outcome, drafted.draft().state(), context.caller().now()),
                notes);
    }

    ApplyResult apply(List<ManifestDocument> documents, @Nullable Long expectedRevision, Context context) {
        Drafted first = step(documents, expectedRevision, context);
        List<Plan> plans = first.draft().plans();
        int left = plans.size() - 1;
        for (int commit = 1; left > 0 && commit < MAX_COMMITS; commit++) {
            left = step(documents, null, context).draft().plans().size() - 1;
        }
        return new ApplyResult(
                commits.state().revision(),
                false,
                first.changes(),
                TaskChanges.NONE,
                List.of(),
                Capacity.NONE,
                notes(first, plans));
    }

    /** Commits the first plan of what is still to be written. */
    private Drafted step(List<ManifestDocument> documents, @Nullable Long expectedRevision, Context context) {
        return commits.commit(state -> {
            Drafted drafted = draft(state, documents, context);
            refuseIfMoved(drafted, expectedRevision);
            List<Plan> plans = drafted.draft().plans();
            return new Decision<>(plans.isEmpty() ? Plan.NOTHING : plans.get(0), later -> drafted);
        });
    }

    private static Drafted draft(ClusterState state, List<ManifestDocument> documents, Context context) {
        Draft draft = new Draft(state);
        List<ObjectChange> changes = new ArrayList<>();
        List<ManifestError> errors = new ArrayList<>();
        Set<String> refused = new HashSet<>();
        for (ManifestDocument document : documents.stream().sorted(inOrder()).toList()) {
            int before = errors.size();
            boolean stands = References.of(document).stream().noneMatch(refused::contains);
            if (stands) declare(document, draft, context, changes, errors);
            if (!stands || errors.size() > before) refused.add(References.title(document));
        }
        if (!errors.isEmpty()) throw new ManifestsRefused(errors);
        return new Drafted(draft, changes);
    }

    private static void declare(
            ManifestDocument document,
            Draft draft,
            Context context,
            List<ObjectChange> changes,
            List<ManifestError> errors) {
        Declaration declaration = DECLARATIONS.get(document.kind());
        if (declaration == null) throw new IllegalStateException("no declaration of " + document.kind());
        try {
            changes.add(declaration.declare(document, draft, context));
        } catch (Invalid invalid) {
            errors.add(document.error(invalid));
        } catch (ApiError refused) {
            errors.add(document.error(new Invalid("", refused.message())));
        }
    }

    /** A plan that was looked at is carried out only if it is still the plan: for the objects, and for where tasks can run. */
    private static void refuseIfMoved(Drafted drafted, @Nullable Long expectedRevision) {
        if (expectedRevision == null) return;
        Draft draft = drafted.draft();
        if (expectedRevision > draft.base().revision())
            throw ApiError.conflict("there is no revision " + expectedRevision + " yet");
        Optional<Key> moved = draft.touched().stream()
                .filter(key -> draft.base().revisionOf(key) > expectedRevision)
                .findFirst();
        if (moved.isPresent())
            throw ApiError.conflict(
                    "the state moved since the plan: " + moved.get().path() + " was changed");
        services(drafted)
                .map(Service::cluster)
                .distinct()
                .flatMap(draft.base()::instancesOf)
                .filter(host -> draft.base().revisionOf(host.key()) > expectedRevision)
                .findFirst()
                .ifPresent(host -> {
                    throw ApiError.conflict(
                            "the state moved since the plan: host " + host.hostName() + " came, went or was changed");
                });
    }

    private static List<String> notes(Drafted drafted, List<Plan> plans) {
        List<String> notes = new ArrayList<>();
        if (plans.size() > 1) notes.add("Written in " + plans.size() + " commits, because it is more than one holds.");
        services(drafted)
                .forEach(service -> notes.addAll(
                        UnknownAttributes.notes(service, drafted.draft().state())));
        return notes;
    }

    /** The services of the files as they will be. */
    private static Stream<Service> services(Drafted drafted) {
        return drafted.changes().stream()
                .filter(change -> change.kind().equals("Service"))
                .flatMap(change -> drafted.draft().state().service(ServiceId.of(change.name())).stream());
    }

    private static TaskChanges tasks(Preview.Outcome outcome, ClusterState state) {
        return new TaskChanges(
                outcome.started().stream()
                        .map(task -> new ApplyResult.Start(
                                task.id().value(), service(task), host(task, outcome, state), why(task)))
                        .toList(),
                outcome.stopped().stream()
                        .map(task -> new ApplyResult.Stop(task.id().value(), service(task), why(task.stoppedReason())))
                        .toList(),
                outcome.moved().stream().map(move -> move(move, outcome, state)).toList(),
                outcome.waiting().stream()
                        .map(task -> new ApplyResult.Wait(task.id().value(), service(task), why(task)))
                        .toList());
    }

    private static ApplyResult.Move move(Preview.Move move, Preview.Outcome outcome, ClusterState state) {
        Task task = move.task();
        return new ApplyResult.Move(
                task.id().value(),
                service(task),
                host(task, outcome, state),
                host(move.replacement(), outcome, state),
                why(task.relocation() == null ? null : task.relocation().reason()));
    }

    private static @Nullable String service(Task task) {
        return task.service() == null ? null : task.service().value();
    }

    private static String host(Task task, Preview.Outcome outcome, ClusterState state) {
        return Optional.ofNullable(task.instance())
                .flatMap(state::instance)
                .map(ContainerInstance::hostName)
                .or(() -> outcome.bought().stream()
                        .filter(host -> host.id().equals(task.instance()))
                        .map(host -> "a new " + host.type())
                        .findFirst())
                .orElse("");
    }

    private static String why(Task task) {
        return task.placement() == null ? "" : task.placement().summary();
    }

    private static String why(@Nullable String reason) {
        return reason == null ? "" : reason;
    }
}
