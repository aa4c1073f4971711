package io.staithe.server.history;

import io.staithe.core.metering.Costs.By;
import io.staithe.core.metering.Window;
import io.staithe.core.model.UsageRecord;
import io.staithe.server.costs.PastUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Usage out of the database. */
public final class PastUsages implements PastUsage {
    private final UsageRows rows;
    private final Asking asking;

    public PastUsages(UsageRows rows, Asking asking) {
        this.rows = rows;
        this.asking = asking;
    }

    @Override
    public Optional<List<UsageRecord>> within(
            Window window, @Nullable String cluster, By by, Instant settledBefore, int limit) {
        return asking.answer(() -> rows.within(window, cluster, by, settledBefore, limit));
    }
}
