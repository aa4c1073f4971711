package io.staithe.server.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Kind;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.EntityCodec;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import io.staithe.wire.WireCodec;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A {@link Deployment} as it was last seen. */
@Entity
@Table(name = "deployment")
public class RecordedDeployment extends PanacheEntityBase {
    private static final EntityCodec CODEC = new WireCodec();

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

    /** All of it, as stores keep it; absent: an earlier release wrote this row. */
    public byte[] content;

    /** What its tasks are made from, as it was when this row was made: it may be deleted before the deployment ends. */
    @Column(name = "task_definition_content", updatable = false)
    public byte[] taskDefinitionContent;

    static RecordedDeployment of(Deployment deployment, ClusterState state) {
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
        row.content = CODEC.encode(deployment);
        row.taskDefinitionContent = state.taskDefinition(deployment.revision().taskDefinition())
                .map(CODEC::encode)
                .orElse(null);
        return row;
    }

    /** Nothing for a row of an earlier release. */
    Optional<PastDeployment> toPastDeployment() {
        if (content == null) return Optional.empty();
        TaskDefinition definition = taskDefinitionContent == null
                ? null
                : (TaskDefinition) CODEC.decode(Kind.TASK_DEFINITION, taskDefinitionContent);
        return Optional.of(new PastDeployment((Deployment) CODEC.decode(Kind.DEPLOYMENT, content), definition));
    }
}
