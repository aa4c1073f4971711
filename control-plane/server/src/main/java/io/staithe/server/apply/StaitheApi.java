package io.staithe.server.apply;

import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Ids;
import io.staithe.server.ecs.PastTasks;
import io.staithe.server.ecs.ServiceEvents;
import io.staithe.server.manifest.ManifestDocument;
import io.staithe.server.manifest.ManifestFile;
import io.staithe.server.manifest.ManifestReader;
import io.staithe.server.manifest.Manifests;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operations beside AWS's, under {@code /staithe/v1}. Every method may throw {@link io.staithe.server.aws.ApiError} and
 * {@link io.staithe.core.model.Invalid}; those that take files also {@link ManifestsRefused}.
 */
public final class StaitheApi {
    private static final String SCHEDULES = "schedules";
    private static final String HOST_GROUPS = "host-groups";

    private final Commits commits;
    private final Ids ids;
    private final Applying applying;
    private final Removing removing;
    private final Traffic traffic;
    private final Schedules schedules;
    private final HostGroups hostGroups;
    private final Explaining explaining;

    public StaitheApi(Commits commits, ServiceEvents events, PastTasks past, Ids ids) {
        this.commits = commits;
        this.ids = ids;
        applying = new Applying(commits);
        removing = new Removing(commits);
        traffic = new Traffic(commits);
        schedules = new Schedules(commits);
        hostGroups = new HostGroups(commits);
        explaining = new Explaining(events, past);
    }

    /**
     * Makes the state what the files declare, or says what that would change.
     *
     * @param expectedRevision the revision of the plan that was agreed to: ConflictException when what it is about has
     *     changed since. Absent: whatever is there now
     */
    public ApplyResult apply(List<ManifestFile> files, boolean dryRun, @Nullable Long expectedRevision, Caller caller) {
        List<ManifestDocument> documents = sound(files);
        Declaration.Context context = new Declaration.Context(
                caller, ids, documents.stream().map(References::title).collect(Collectors.toSet()));
        return dryRun
                ? applying.plan(documents, expectedRevision, context)
                : applying.apply(documents, expectedRevision, context);
    }

    /**
     * Deletes what the files name. What tasks need that are stopping {@code waits}, what others need is {@code kept}, with the
     * reason. Deleting again goes on with it.
     */
    public ApplyResult delete(List<ManifestFile> files, boolean dryRun, Caller caller) {
        List<ManifestDocument> documents = sound(files);
        return dryRun ? removing.plan(documents, caller) : removing.remove(documents, caller);
    }

    /**
     * Everything of a kind that the ECS API does not have.
     *
     * @param kind {@code load-balancers}, {@code listeners}, {@code rules}, {@code target-groups}, {@code schedules} or
     *     {@code host-groups}
     */
    public List<Map<String, Object>> list(String kind, Caller caller) {
        return switch (kind) {
            case SCHEDULES -> schedules.list(caller);
            case HOST_GROUPS -> hostGroups.list(caller);
            default -> traffic.list(kind, caller);
        };
    }

    /** Deletes one thing of those kinds; load balancers and listeners with what they hold. */
    public void delete(String kind, String name) {
        switch (kind) {
            case SCHEDULES -> schedules.delete(name);
            case HOST_GROUPS -> hostGroups.delete(name);
            default -> traffic.delete(kind, name);
        }
    }

    /**
     * What Staithe knows beside ECS of each of these services, clusters and tasks that is there, with its {@code arn}.
     *
     * @param arns at most 100
     */
    public List<Map<String, Object>> describe(List<String> arns) {
        return Extensions.of(commits.state(), arns);
    }

    /**
     * Why something is as it is.
     *
     * @param kind {@code task}, {@code service} or {@code host}
     * @param cluster absent: the one in the name, or the default cluster
     */
    public Explanation explain(String kind, @Nullable String cluster, String name, Caller caller) {
        return explaining.explain(commits.state(), kind, cluster, name, caller.now());
    }

    private static List<ManifestDocument> sound(List<ManifestFile> files) {
        Manifests manifests = ManifestReader.read(files);
        if (!manifests.errors().isEmpty()) throw new ManifestsRefused(manifests.errors());
        return manifests.documents();
    }
}
