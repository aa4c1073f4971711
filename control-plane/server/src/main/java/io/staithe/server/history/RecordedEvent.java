package io.staithe.server.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A {@link ServiceEvent}. */
@Entity
@Table(name = "service_event")
public class RecordedEvent extends PanacheEntityBase {
    @Id
    public String id;

    @Column(name = "created_at")
    public Instant createdAt;

    public String about;
    /** {@code cluster/name}. */
    public String service;

    public String task;
    public String code;
    public String message;

    static RecordedEvent of(ServiceEvent event) {
        RecordedEvent row = new RecordedEvent();
        row.id = event.id();
        row.createdAt = event.createdAt();
        row.about = event.about();
        row.service = event.service() == null ? null : event.service().value();
        row.task = event.task() == null ? null : event.task().value();
        row.code = event.code();
        row.message = event.message();
        return row;
    }

    ServiceEvent toEvent() {
        return new ServiceEvent(
                id,
                createdAt,
                about,
                service == null ? null : ServiceId.of(service),
                task == null ? null : TaskId.of(task),
                code,
                message);
    }
}
