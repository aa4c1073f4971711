package io.staithe.server.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.staithe.core.model.Deployment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A {@link Deployment} as it was last seen. */
@Entity
@Table(name = "deployment")
public class RecordedDeployment extends PanacheEntityBase {
    @Id
    public String id;

    public String service;

    @Column(name = "task_definition")
    public String taskDefinition;

    public String status;

    @Column(name = "rollout_state")
    public String rolloutState;

    @Column(name = "rollout_state_reason")
    public String rolloutStateReason;

    @Column(name = "desired_count")
    public int desiredCount;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    /** Absent: it was still going on. */
    @Column(name = "finished_at")
    public Instant finishedAt;

    static RecordedDeployment of(Deployment deployment) {
        RecordedDeployment row = new RecordedDeployment();
        row.id = deployment.id().value();
        row.service = deployment.service().value();
        row.taskDefinition = deployment.revision().taskDefinition().value();
        row.status = deployment.status().name();
        row.rolloutState = deployment.rolloutState().name();
        row.rolloutStateReason = deployment.rolloutStateReason();
        row.desiredCount = deployment.desiredCount();
        row.createdAt = deployment.createdAt();
        row.updatedAt = deployment.updatedAt();
        row.finishedAt = deployment.finishedAt();
        return row;
    }
}
