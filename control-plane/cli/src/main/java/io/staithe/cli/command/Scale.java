package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Services;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "scale", description = "Sets how many tasks a service runs.")
public final class Scale implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "SERVICE or CLUSTER/SERVICE")
    private String name;

    @Parameters(index = "1", paramLabel = "N", description = "how many")
    private int count;

    @Option(names = "--wait", description = "wait until they run")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long; 10m")
    private Duration timeout = Duration.ofMinutes(10);

    @Override
    public Integer call() {
        Session session = staithe.session();
        String cluster = Services.clusterOf(session, name);
        JsonNode before = Services.find(session, name);
        String service = before.path("serviceName").asText();
        JsonNode after = session.api()
                .ecs(
                        "UpdateService",
                        Api.object()
                                .put("cluster", cluster)
                                .put("service", service)
                                .put("desiredCount", count))
                .path("service");
        if (session.terminal().format().isForPeople())
            session.terminal()
                    .print("%s/%s: %s → %d"
                            .formatted(
                                    Arn.last(cluster),
                                    service,
                                    before.path("desiredCount").asText(),
                                    count));
        else session.terminal().print(after);
        if (wait) new Rollout(session).await(List.of(Arn.last(cluster) + "/" + service), timeout);
        return 0;
    }
}
