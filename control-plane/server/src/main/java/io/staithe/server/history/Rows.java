package io.staithe.server.history;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;

/**
 * The database. Each call is one short transaction that touches nothing else; each throws a RuntimeException when the
 * database does not answer.
 */
@Singleton
public class Rows {
    private static final int DELETED_AT_ONCE = 1000;
    private static final String AFTER_ALL_DIGITS = "g";

    private final Flyway flyway;
    private final EntityManager entities;

    Rows(Flyway flyway, EntityManager entities) {
        this.flyway = flyway;
        this.entities = entities;
    }

    /** Makes the tables, or brings them to this release's shape. */
    public void migrate() {
        flyway.migrate();
    }

    /** Writes all of them or none; what is there already under the same id is replaced. */
    void write(List<?> rows) {
        QuarkusTransaction.requiringNew().run(() -> rows.forEach(entities::merge));
    }

    /** The newest events of a service, newest first. */
    public List<ServiceEvent> eventsOf(ServiceId service, int limit) {
        return events("service", service.value(), limit);
    }

    /** The newest events about a task, newest first. */
    public List<ServiceEvent> eventsOf(TaskId task, int limit) {
        return events("task", task.value(), limit);
    }

    /** The newest events about an object, by the path of its key, newest first. */
    public List<ServiceEvent> eventsAbout(String path, int limit) {
        return events("about", path, limit);
    }

    public Optional<StoppedTask> stoppedTask(TaskId task) {
        return read(() -> StoppedTask.findByIdOptional(task.value()));
    }

    /** A service's stopped tasks, the last one first. */
    public List<StoppedTask> stoppedTasksOf(ServiceId service, int limit) {
        return read(() -> StoppedTask.<StoppedTask>find("service", Sort.descending("stoppedAt"), service.value())
                .page(Page.ofSize(limit))
                .list());
    }

    /**
     * Stopped tasks of a cluster whose ids begin so, in the order of their ids.
     *
     * @param idPrefix hexadecimal digits
     */
    public List<StoppedTask> stoppedTasksStartingWith(String cluster, String idPrefix, int limit) {
        // A range, and not "like": any collation's index on the id serves it.
        return read(() -> StoppedTask.<StoppedTask>find(
                        "id between ?1 and ?2 and cluster = ?3",
                        Sort.ascending("id"),
                        idPrefix,
                        idPrefix + AFTER_ALL_DIGITS,
                        cluster)
                .page(Page.ofSize(limit))
                .list());
    }

    /** A service's deployments, the newest first. */
    public List<RecordedDeployment> deploymentsOf(ServiceId service, int limit) {
        return read(() -> RecordedDeployment.<RecordedDeployment>find(
                        "service", Sort.descending("createdAt"), service.value())
                .page(Page.ofSize(limit))
                .list());
    }

    private List<ServiceEvent> events(String field, String value, int limit) {
        return read(() ->
                RecordedEvent.<RecordedEvent>find(field, Sort.descending("id"), value).page(Page.ofSize(limit)).stream()
                        .map(RecordedEvent::toEvent)
                        .toList());
    }

    /**
     * Deletes what is older than it is kept, and then the oldest of what is more than is kept, a table at a time and at most
     * 1,000 rows.
     *
     * @return how many rows were deleted; 0: there is nothing left to delete
     */
    int deleteOld(Keeping keeping, Instant now) {
        Instant before = now.minus(keeping.history());
        return deleteOld("RecordedEvent", "createdAt", before, keeping.maxRows())
                + deleteOld("StoppedTask", "stoppedAt", before, keeping.maxRows())
                + deleteOld("RecordedDeployment", "updatedAt", before, keeping.maxRows())
                + deleteOld("RecordedUsage", "endedAt", now.minus(keeping.usage()), keeping.maxUsageRows());
    }

    private int deleteOld(String entity, String age, Instant before, long maxRows) {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<String> old = ids("where e." + age + " < :before", entity, age)
                    .setParameter("before", before)
                    .setMaxResults(DELETED_AT_ONCE)
                    .getResultList();
            if (old.isEmpty()) {
                long excess = count(entity) - maxRows;
                if (excess <= 0) return 0;
                old = ids("", entity, age)
                        .setMaxResults((int) Math.min(excess, DELETED_AT_ONCE))
                        .getResultList();
            }
            return entities.createQuery("delete from " + entity + " e where e.id in :ids")
                    .setParameter("ids", old)
                    .executeUpdate();
        });
    }

    private jakarta.persistence.TypedQuery<String> ids(String where, String entity, String age) {
        return entities.createQuery("select e.id from " + entity + " e " + where + " order by e." + age, String.class);
    }

    private long count(String entity) {
        return entities.createQuery("select count(*) from " + entity, Long.class)
                .getSingleResult();
    }

    private static <T> T read(Supplier<T> query) {
        return QuarkusTransaction.requiringNew().call(query::get);
    }
}
