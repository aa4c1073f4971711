package io.staithe.server.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.staithe.server.ControlPlane;
import io.staithe.server.apply.StaitheApi;
import io.staithe.server.aws.Api;
import io.staithe.server.aws.Authenticator;
import io.staithe.server.aws.AwsEndpoint;
import io.staithe.server.capacity.CapacityApi;
import io.staithe.server.config.StaitheConfig;
import io.staithe.server.costs.CostsApi;
import io.staithe.server.deployment.Alarms;
import io.staithe.server.deployment.DeploymentApi;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Ecs;
import io.staithe.server.ecs.Ids;
import io.staithe.server.scheduler.EventBridgeScheduler;
import io.staithe.server.sts.Sts;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Puts the APIs on Quarkus's HTTP server. */
@Singleton
public class HttpApi {
    private static final Logger LOG = Logger.getLogger(HttpApi.class);

    void mount(
            @Observes Router router,
            Vertx vertx,
            StaitheConfig config,
            ControlPlane controlPlane,
            Authenticator authenticator,
            Ecs ecs,
            StaitheApi staithe,
            CapacityApi capacity,
            DeploymentApi deployments,
            Alarms alarms,
            CostsApi costs,
            Commits commits,
            InstantSource clock,
            EventStreams events,
            LogStreams logs,
            StreamLimit streams,
            MeterRegistry meters,
            Tracer tracer) {
        List<Api> apis = List.of(ecs.api(), new EventBridgeScheduler(commits, Ids.random()).api(), Sts.api());
        AwsEndpoint aws = new AwsEndpoint(
                apis,
                authenticator,
                config.accountId(),
                clock,
                () -> UUID.randomUUID().toString(),
                (request, fault) -> LOG.errorf(fault, "request %s failed", request));
        StaitheCalls beside = new StaitheCalls(
                staithe,
                capacity,
                new DeploymentCalls(deployments, alarms),
                costs,
                authenticator,
                config.accountId(),
                clock);
        Set<String> operations = new HashSet<>(
                Set.of("apply", "capacity", "costs", "delete", "explain", "deployments", "history", "diff", "alarms"));
        apis.forEach(api -> operations.addAll(api.operations().keySet()));
        ApiCalls calls = new ApiCalls(meters, tracer, operations);
        ApiRoutes routes = new ApiRoutes(
                vertx,
                config.api().maxBodyBytes(),
                config.api().readTimeout(),
                config.api().threads(),
                config.api().queue(),
                controlPlane::isReady);
        Gauge.builder("staithe.api.waiting", routes::waiting).register(meters);
        Gauge.builder("staithe.api.streams", streams::open).register(meters);
        routes.mount(router, calls.observed(aws::handle), calls.observed(beside::handle), events, logs);
    }
}
