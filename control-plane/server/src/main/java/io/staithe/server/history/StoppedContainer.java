package io.staithe.server.history;

import io.staithe.core.model.ContainerReport;
import io.staithe.server.ecs.PastTasks.PastContainer;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** How one container of a stopped task ended. */
@Embeddable
public class StoppedContainer {
    public String name;
    public String image;

    @Column(name = "image_digest")
    public String imageDigest;

    /** Absent: it never ran. */
    @Column(name = "exit_code")
    public Integer exitCode;

    public String reason;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "finished_at")
    public Instant finishedAt;

    @Column(name = "restart_count")
    public int restartCount;

    static StoppedContainer of(ContainerReport report) {
        StoppedContainer row = new StoppedContainer();
        row.name = report.name();
        row.image = report.image();
        row.imageDigest = report.imageDigest();
        row.exitCode = report.exitCode();
        row.reason = report.reason();
        row.startedAt = report.startedAt();
        row.finishedAt = report.finishedAt();
        row.restartCount = report.restartCount();
        return row;
    }

    PastContainer toPastContainer() {
        return new PastContainer(name, exitCode, reason);
    }
}
