package io.staithe.server.bootstrap;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.server.auth.AccessKeys;
import io.staithe.server.config.DataFolder;
import io.staithe.server.state.StateFeed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty store, once, whoever comes first. The secrets go into files that only this process's user reads:
 * {@value #JOIN_TOKEN_FILE} (what agents join with) and {@value #CREDENTIALS_FILE} (an AWS profile of the administrator).
 * They are written before the commit: a crash between the two makes new ones at the next start.
 */
public final class FirstStart {
    public static final String JOIN_TOKEN_FILE = "join-token";
    public static final String CREDENTIALS_FILE = "admin-credentials";

    private static final String ADMINISTRATOR = "admin";
    private static final int TOKEN_BYTES = 32;
    private static final int EPOCH_BYTES = 16;
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(FirstStart.class);

    private final Store store;
    private final StateFeed feed;
    private final DataFolder data;
    private final AccessKeys accessKeys;
    private final SecureRandom random;
    private final String region;
    private final @Nullable PrintStream show;

    /** @param show where the administrator's key is printed as well; absent: nowhere */
    public FirstStart(
            Store store,
            StateFeed feed,
            DataFolder data,
            AccessKeys accessKeys,
            SecureRandom random,
            String region,
            @Nullable PrintStream show) {
        this.store = store;
        this.feed = feed;
        this.data = data;
        this.accessKeys = accessKeys;
        this.random = random;
        this.region = region;
        this.show = show;
    }

    /**
     * Does nothing when the store has been filled before.
     *
     * @param state the newest state
     * @throws StoreUnavailable when it is not known whether the store is filled; try again
     */
    public void run(ClusterState state, Instant now) throws InterruptedException {
        if (isFilled(state)) return;
        String token = hex(TOKEN_BYTES);
        AccessKeys.Created admin = accessKeys.create(ADMINISTRATOR, now);
        data.writeSecret(JOIN_TOKEN_FILE, token + "\n");
        data.writeSecret(CREDENTIALS_FILE, profile(admin));
        Plan plan = new Plan.Builder()
                .create(new Setting(Setting.EPOCH, hex(EPOCH_BYTES)))
                .create(new Setting(Setting.JOIN_TOKEN_HASH, sha256(token)))
                .create(admin.key())
                .create(Cluster.of(Cluster.DEFAULT, now))
                .build();
        CommitResult result = store.commit(plan);
        if (result instanceof CommitResult.Conflict) {
            data.delete(JOIN_TOKEN_FILE);
            data.delete(CREDENTIALS_FILE);
        }
        if (!(result instanceof CommitResult.Committed committed)
                || !feed.awaitRevision(committed.revision(), SEEN_WITHIN))
            throw new StoreUnavailable("the first start's writes are not certain: " + result, null);
        LOG.infof("first start: wrote %s and %s", data.file(JOIN_TOKEN_FILE), data.file(CREDENTIALS_FILE));
        if (show != null) show.print(profile(admin));
    }

    public static boolean isFilled(ClusterState state) {
        return state.get(new Key(Kind.SETTING, Setting.EPOCH)).isPresent();
    }

    private String profile(AccessKeys.Created admin) {
        return "[default]\naws_access_key_id = " + admin.key().id() + "\naws_secret_access_key = " + admin.secret()
                + "\nregion = " + region + "\n";
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** In hexadecimal. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
