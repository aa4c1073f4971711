package io.staithe.server.costs;

import io.staithe.core.metering.Costs.By;
import io.staithe.core.metering.Window;
import io.staithe.core.model.UsageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has ended. The history database keeps it. */
public interface PastUsage {
    /**
     * All that counts in a window: what was settled before a moment and lies in the window as a whole added up, as records that
     * fill the window; the rest as single records.
     *
     * @param cluster absent: of all clusters
     * @param by what is not added up with each other
     * @param limit when there are more records than this, more than this are answered, and not all
     * @return empty while the database is away
     */
    Optional<List<UsageRecord>> within(
            Window window, @Nullable String cluster, By by, Instant settledBefore, int limit);
}
