package io.staithe.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.staithe.capacity.planner.CapacityReconciler;
import io.staithe.core.control.Reconcilers;
import io.staithe.core.model.AccessKey;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.store.Store;
import io.staithe.server.apply.StaitheApi;
import io.staithe.server.auth.AccessKeys;
import io.staithe.server.auth.MasterKey;
import io.staithe.server.auth.SignatureV4;
import io.staithe.server.aws.ArnScope;
import io.staithe.server.aws.Authenticator;
import io.staithe.server.bootstrap.FirstStart;
import io.staithe.server.capacity.CapacityApi;
import io.staithe.server.capacity.HostTokens;
import io.staithe.server.capacity.ProviderRunner;
import io.staithe.server.capacity.Providers;
import io.staithe.server.config.DataFolder;
import io.staithe.server.config.StaitheConfig;
import io.staithe.server.control.LoopRunner;
import io.staithe.server.control.ProcessLease;
import io.staithe.server.costs.CostsApi;
import io.staithe.server.deployment.Alarms;
import io.staithe.server.deployment.DeploymentApi;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Ecs;
import io.staithe.server.ecs.Ids;
import io.staithe.server.ecs.KnownDeployments;
import io.staithe.server.ecs.OwnProtection;
import io.staithe.server.gateway.GatewayRunner;
import io.staithe.server.gateway.Peers;
import io.staithe.server.gateway.ProtectionDesk;
import io.staithe.server.history.Asking;
import io.staithe.server.history.HistoryWriter;
import io.staithe.server.history.Keeping;
import io.staithe.server.history.PastEvents;
import io.staithe.server.history.PastUsages;
import io.staithe.server.history.RecordedDeployments;
import io.staithe.server.history.Rows;
import io.staithe.server.history.StoppedTasks;
import io.staithe.server.history.UsageRows;
import io.staithe.server.http.EventStreams;
import io.staithe.server.http.LogRelay;
import io.staithe.server.http.LogStreams;
import io.staithe.server.http.StreamLimit;
import io.staithe.server.state.StateFeed;
import io.staithe.server.state.StateWaiting;
import io.staithe.server.telemetry.LoopMeters;
import io.staithe.server.telemetry.MeteredStore;
import io.staithe.server.telemetry.TaskSpans;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.SecretKey;

/** Which parts the control plane is made of, and how they hang together. They are started by {@link ControlPlane}. */
final class Parts {
    private static final String MASTER_KEY_FILE = "master-key";

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    Node node(StaitheConfig config, SecureRandom random) {
        return Node.of(config.node(), config.api().advertisedUrl(), random);
    }

    @Produces
    @Singleton
    DataFolder data(StaitheConfig config) {
        return DataFolder.at(config.data());
    }

    @Produces
    @Singleton
    Store store(StaitheConfig config, DataFolder data, MeterRegistry meters) {
        return new MeteredStore(Stores.open(config.store(), data), meters);
    }

    @Produces
    @Singleton
    StateFeed feed(Store store) {
        return new StateFeed(store);
    }

    @Produces
    @Singleton
    ProcessLease lease(Store store, StaitheConfig config) {
        return new ProcessLease(store, config.store().leaseTtl());
    }

    @Produces
    @Singleton
    LoopRunner loop(
            Node node, Store store, StateFeed feed, ProcessLease lease, InstantSource clock, MeterRegistry registry) {
        LoopMeters meters = new LoopMeters(registry);
        return new LoopRunner(
                node.name(),
                store,
                feed,
                lease,
                Reconcilers.all(List.of(new CapacityReconciler())),
                clock,
                meters::planned,
                meters::failed);
    }

    @Produces
    @Singleton
    GatewayRunner gateway(Node node, Store store, ProcessLease lease, InstantSource clock, StaitheConfig config) {
        return new GatewayRunner(
                node.name(),
                node.apiUrl(),
                store,
                lease,
                clock,
                config.gateway().maxSessions(),
                new ArnScope(config.region(), config.accountId()));
    }

    @Produces
    @Singleton
    ProtectionDesk protections(Commits commits, StateFeed feed, InstantSource clock, StaitheConfig config) {
        ArnScope scope = new ArnScope(config.region(), config.accountId());
        return new ProtectionDesk(feed::current, new OwnProtection(commits, scope, clock));
    }

    @Produces
    @Singleton
    HistoryWriter historyWriter(Rows rows, Store store, LoopRunner loop, InstantSource clock, StaitheConfig config) {
        return new HistoryWriter(
                rows,
                store,
                loop::leads,
                clock,
                new Keeping(
                        config.history().retention(),
                        config.history().maxRows(),
                        config.history().usageRetention(),
                        config.history().usageMaxRows()));
    }

    @Produces
    @Singleton
    Asking asking() {
        return new Asking();
    }

    @Produces
    @Singleton
    PastEvents pastEvents(Rows rows, StateFeed feed, Asking asking) {
        return new PastEvents(rows, feed, asking);
    }

    @Produces
    @Singleton
    StoppedTasks stoppedTasks(Rows rows, Asking asking) {
        return new StoppedTasks(rows, asking);
    }

    @Produces
    @Singleton
    CostsApi costs(Commits commits, UsageRows rows, Asking asking) {
        return new CostsApi(commits, new PastUsages(rows, asking));
    }

    @Produces
    @Singleton
    RecordedDeployments recordedDeployments(Rows rows, Asking asking) {
        return new RecordedDeployments(rows, asking);
    }

    @Produces
    @Singleton
    SecretKey masterKey(DataFolder data, SecureRandom random) {
        try {
            return MasterKey.open(data.file(MASTER_KEY_FILE), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Produces
    @Singleton
    AccessKeys accessKeys(SecretKey masterKey, SecureRandom random) {
        return new AccessKeys(masterKey, random);
    }

    @Produces
    @Singleton
    ProviderRunner providers(
            Store store,
            LoopRunner loop,
            SecretKey masterKey,
            DataFolder data,
            StaitheConfig config,
            InstantSource clock) {
        HostTokens tokens = new HostTokens(masterKey);
        Providers providers = new Providers(config, data.file("hosts"), tokens.owner(), clock);
        return new ProviderRunner(store, clock, loop::leadership, providers::open, tokens);
    }

    @Produces
    @Singleton
    Authenticator authenticator(StateFeed feed, AccessKeys accessKeys) {
        return new SignatureV4(id -> feed.current().get(new Key(Kind.ACCESS_KEY, id), AccessKey.class), accessKeys);
    }

    @Produces
    @Singleton
    FirstStart firstStart(
            Store store,
            StateFeed feed,
            DataFolder data,
            AccessKeys accessKeys,
            SecureRandom random,
            StaitheConfig config) {
        return new FirstStart(
                store, feed, data, accessKeys, random, config.region(), config.showCredentials() ? System.out : null);
    }

    @Produces
    @Singleton
    StreamLimit streamLimit(StaitheConfig config) {
        return new StreamLimit(config.api().maxStreams());
    }

    @Produces
    @Singleton
    EventStreams events(Authenticator authenticator, StreamLimit limit, InstantSource clock) {
        return new EventStreams(authenticator, limit, clock);
    }

    @Produces
    @Singleton
    LogStreams logs(
            Authenticator authenticator,
            StreamLimit limit,
            InstantSource clock,
            StateFeed feed,
            GatewayRunner gateway,
            Node node,
            LogRelay relay) {
        Peers peers = new Peers(node.name(), feed::current);
        return new LogStreams(authenticator, limit, clock, feed::current, gateway, peers, relay);
    }

    @Produces
    @Singleton
    LogRelay relay(Vertx vertx, StaitheConfig config) {
        return new LogRelay(
                vertx, config.api().maxStreams(), config.tls().peerCa().orElse(null));
    }

    @Produces
    @Singleton
    TaskSpans spans(Tracer tracer, LoopRunner loop) {
        return new TaskSpans(tracer, loop::leads);
    }

    @Produces
    @Singleton
    Commits commits(Store store, StateFeed feed) {
        return new Commits(store, new StateWaiting(feed));
    }

    @Produces
    @Singleton
    Ecs ecs(Commits commits, PastEvents events, RecordedDeployments past) {
        return new Ecs(commits, events, past, Ids.random());
    }

    @Produces
    @Singleton
    StaitheApi staithe(Commits commits, PastEvents events, StoppedTasks past) {
        return new StaitheApi(commits, events, past, Ids.random());
    }

    @Produces
    @Singleton
    CapacityApi capacity(Commits commits, ProviderRunner providers) {
        return new CapacityApi(commits, providers::trouble);
    }

    @Produces
    @Singleton
    DeploymentApi deployments(Commits commits, RecordedDeployments past) {
        return new DeploymentApi(commits, new KnownDeployments(past), Ids.random());
    }

    @Produces
    @Singleton
    Alarms alarms(Commits commits) {
        return new Alarms(commits);
    }
}
