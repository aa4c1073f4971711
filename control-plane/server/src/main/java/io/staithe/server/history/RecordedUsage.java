package io.staithe.server.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A {@link UsageRecord} of one task or one host. */
@Entity
@Table(name = "usage_record")
public class RecordedUsage extends PanacheEntityBase {
    @Id
    public String id;

    public String subject;
    public String cluster;

    @Column(name = "task_group")
    public String taskGroup;

    @Column(name = "capacity_provider")
    public String capacityProvider;

    public String instance;

    @Column(name = "host_type")
    public String hostType;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "ended_at")
    public Instant endedAt;

    @Column(name = "settled_at")
    public Instant settledAt;

    @Column(name = "billed_seconds")
    public long billedSeconds;

    @Column(name = "cpu_seconds")
    public long cpuSeconds;

    @Column(name = "memory_seconds")
    public long memorySeconds;

    @Column(name = "storage_seconds")
    public long storageSeconds;

    public long micros;

    static RecordedUsage of(UsageRecord record) {
        RecordedUsage row = new RecordedUsage();
        row.id = record.id();
        row.subject = record.subject().name();
        row.cluster = record.cluster();
        row.taskGroup = record.group();
        row.capacityProvider = record.capacityProvider();
        row.instance = record.instance() == null ? null : record.instance().value();
        row.hostType = record.hostType();
        row.startedAt = record.from();
        row.endedAt = record.to();
        row.settledAt = record.settledAt();
        row.billedSeconds = record.amounts().seconds();
        row.cpuSeconds = record.amounts().cpuSeconds();
        row.memorySeconds = record.amounts().memorySeconds();
        row.storageSeconds = record.amounts().storageSeconds();
        row.micros = record.amounts().micros();
        return row;
    }

    UsageRecord toRecord() {
        return new UsageRecord(
                id,
                UsageRecord.Subject.valueOf(subject),
                cluster,
                taskGroup,
                capacityProvider,
                instance == null ? null : InstanceId.of(instance),
                hostType,
                startedAt,
                endedAt,
                settledAt,
                1,
                new UsageAmounts(billedSeconds, cpuSeconds, memorySeconds, storageSeconds, micros));
    }
}
