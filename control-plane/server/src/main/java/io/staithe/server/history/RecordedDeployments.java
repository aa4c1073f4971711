package io.staithe.server.history;

import io.staithe.core.model.ServiceId;
import io.staithe.server.ecs.PastDeployments;
import java.util.List;
import java.util.Optional;

/** Deployments out of the database. */
public final class RecordedDeployments implements PastDeployments {
    private final Rows rows;
    private final Asking asking;

    public RecordedDeployments(Rows rows, Asking asking) {
        this.rows = rows;
        this.asking = asking;
    }

    @Override
    public List<PastDeployment> ofService(ServiceId service, int limit) {
        return asking.ask(() -> rows.deploymentsOf(service, limit)).stream()
                .map(RecordedDeployment::toPastDeployment)
                .flatMap(Optional::stream)
                .toList();
    }
}
