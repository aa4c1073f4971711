package io.staithe.agent;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.cgroup.EdgeGroup;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.RuntimeInfo;
import io.staithe.agent.container.docker.DockerRuntime;
import io.staithe.agent.container.docker.DockerSettings;
import io.staithe.agent.disk.DataFolder;
import io.staithe.agent.disk.Identity;
import io.staithe.agent.endpoint.EndpointServer;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.agent.session.ControlPlaneLink;
import io.staithe.agent.session.GatewayChannel;
import io.staithe.agent.session.Introduction;
import io.staithe.agent.session.Refused;
import io.staithe.agent.task.Limits;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.InstanceId;
import io.staithe.loadbalancer.HaproxyProvider;
import io.staithe.loadbalancer.HaproxySettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The {@code staithe-agent} command: runs one host's agent until it is ended. Ending it, by SIGTERM or in any other way,
 * leaves containers and the proxy alone.
 *
 * <p>To be started small: {@code MALLOC_ARENA_MAX=1 java -Xms8m -Xmn6m -Xmx64m -Xss512k -XX:+UseSerialGC
 * -XX:TieredStopAtLevel=1 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-UsePerfData}. Otherwise the heap takes what it
 * may before it is collected for the first time.
 *
 * <p>Exit codes: 0 ended; 1 it could not begin; 2 wrong usage; 3, 4, 5 refused for its version, its credentials, or because
 * a newer incarnation of the host has been seen.
 */
@Command(
        name = "staithe-agent",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Runs the tasks that a Staithe control plane assigns to this host.")
public final class Main implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger("agent");
    private static final Duration PULL_DEADLINE = Duration.ofMinutes(30);
    private static final Duration RUNTIME_RETRY = Duration.ofSeconds(2);
    private static final long ENDING_SECONDS = 8;

    @Option(
            names = "--control-plane",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7401",
            description = "The control plane's agent gateway. Default: ${DEFAULT-VALUE}")
    String controlPlane;

    @Option(names = "--cluster", defaultValue = "default", description = "Default: ${DEFAULT-VALUE}")
    String cluster;

    @Option(
            names = {"--data", "--data-folder"},
            paramLabel = "DIR",
            defaultValue = "/var/lib/staithe/agent",
            description = "What this host must not forget. Default: ${DEFAULT-VALUE}")
    Path data;

    @Option(
            names = {"--token-file", "--join-token-file"},
            paramLabel = "FILE",
            description = "The join token. Default: the environment variable " + Token.VARIABLE)
    @Nullable
    Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) that the gateway's must come from. TLS is used unless the gateway is on this machine.")
    @Nullable
    Path ca;

    @Option(names = "--name", description = "This host's name. Default: what the system calls it")
    @Nullable
    String name;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "Where other hosts reach this one's published ports. Default: the address towards the control plane")
    @Nullable
    String address;

    @Option(
            names = "--cpu",
            paramLabel = "UNITS",
            description = "What it offers to tasks; 1024 are a core. Default: all")
    @Nullable
    Integer cpu;

    @Option(names = "--memory", paramLabel = "MIB", description = "What it offers to tasks. Default: all but 256 MiB")
    @Nullable
    Integer memory;

    @Option(names = "--gpus", paramLabel = "N", description = "GPUs that it offers to tasks. Default: ${DEFAULT-VALUE}")
    int gpus;

    @Option(
            names = "--resource",
            paramLabel = "NAME=COUNT",
            description = "Anything else that tasks can ask for in resourceRequirements; may be repeated.")
    Map<String, Integer> resources = new LinkedHashMap<>();

    @Option(
            names = "--reserved-ports",
            paramLabel = "PORT",
            split = ",",
            description = "Host ports that no task may fix, beside 22, 2375 and 2376.")
    List<Integer> reservedPorts = new ArrayList<>();

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "For placement constraints; may be repeated.")
    Map<String, String> attributes = new LinkedHashMap<>();

    @Option(
            names = "--fargate",
            description =
                    "The host is for tasks on Fargate: refuse those that ask for what reaches beyond them to the host.")
    boolean fargate;

    @Option(names = "--edge", description = "Carry traffic too: run HAProxy as the control plane's load balancers say.")
    boolean edge;

    @Option(
            names = "--haproxy",
            paramLabel = "PATH",
            defaultValue = "/usr/sbin/haproxy",
            description = "Default: ${DEFAULT-VALUE}")
    Path haproxy;

    @Option(
            names = "--docker-host",
            paramLabel = "URI",
            defaultValue = "unix:///var/run/docker.sock",
            description = "Default: ${DEFAULT-VALUE}")
    URI dockerHost;

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            description = "This host's container instance id: 32 hexadecimal digits. Default: drawn at the first start")
    @Nullable
    String instanceId;

    @Option(
            names = "--cgroup-parent",
            paramLabel = "NAME",
            description =
                    "The control group that holds all containers of this host together. Default: /staithe, which the"
                            + " agent makes and gives the weight of the machine's processors, where Docker's cgroup driver is cgroupfs")
    @Nullable
    String cgroupParent;

    @Option(
            names = "--clear",
            description = "Remove every container that this host has left, and end: the host will not come back.")
    boolean clear;

    @Option(
            names = "--image-pull-behavior",
            paramLabel = "BEHAVIOR",
            defaultValue = "DEFAULT",
            description = "${COMPLETION-CANDIDATES}, as ECS has them. Default: ${DEFAULT-VALUE}")
    PullBehavior pullBehavior;

    @Option(names = "--env-files", paramLabel = "DIR", description = "Environment files and secrets for tasks.")
    @Nullable
    Path envFiles;

    @Option(
            names = "--registry-credentials",
            paramLabel = "FILE",
            description = "Lines of NAME USER PASSWORD; readable by its owner only.")
    @Nullable
    Path registryCredentials;

    public static void main(String[] arguments) {
        ConsoleLog.set();
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    LOG.log(Level.ERROR, "the agent ends: {0}", failure.toString());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ContainerException {
        SecureRandom random = new SecureRandom();
        InstanceId given = instanceId == null ? null : InstanceId.of(instanceId);
        try (DataFolder folder = DataFolder.open(data, given, random)) {
            return clear ? clear(folder.identity()) : run(folder, random);
        }
    }

    private int clear(Identity identity) throws InterruptedException, ContainerException {
        try (ContainerRuntime runtime = runtime(identity)) {
            await(runtime);
            for (Container container : runtime.list()) runtime.remove(container.id());
            return 0;
        }
    }

    private ContainerRuntime runtime(Identity identity) {
        return new DockerRuntime(DockerSettings.of(dockerHost, identity.instance(), cgroupParent));
    }

    private int run(DataFolder folder, SecureRandom random) throws IOException, InterruptedException {
        GatewayChannel gateway = gateway();
        String token = Token.find(tokenFile, System.getenv());
        Identity identity = folder.identity();
        folder.damage()
                .ifPresent(why -> LOG.log(
                        Level.WARNING,
                        "the checkpoint cannot be read ({0}): what runs is found by its labels, incarnation {1} begins",
                        why,
                        identity.incarnation()));
        try (ContainerRuntime runtime = runtime(identity)) {
            RuntimeInfo engine = await(runtime);
            EndpointServer endpoint = Inside.open(folder, runtime);
            Introduction host = introduction(identity, gateway, engine, endpoint);
            LOG.log(Level.INFO, "host {0} ({1}) offers {2}", host.hostName(), host.instance(), host.resources());
            return run(folder, runtime, endpoint, gateway, token, host, random);
        }
    }

    private int run(
            DataFolder folder,
            ContainerRuntime runtime,
            @Nullable EndpointServer endpoint,
            GatewayChannel gateway,
            String token,
            Introduction host,
            RandomGenerator random)
            throws IOException, InterruptedException {
        InstantSource clock = InstantSource.system();
        Traffic traffic = new Traffic(host.instance(), edge ? new HaproxyProvider(proxySettings(folder)) : null, clock);
        Agent agent = new Agent(
                folder,
                Limits.STANDARD,
                fargate,
                runtime,
                actionRunner(runtime, Inside.addresses(folder.identity(), endpoint)),
                traffic,
                endpoint,
                attributes.get(Attribute.AVAILABILITY_ZONE),
                clock,
                owner -> new ControlPlaneLink(gateway, token, host, owner, random));
        Refused refused = endingOnSignal(agent);
        if (refused == null) return 0;
        LOG.log(Level.ERROR, "the control plane refuses this agent ({0}): {1}", refused.why(), refused.message());
        return switch (refused.why()) {
            case VERSION -> 3;
            case CREDENTIALS -> 4;
            case STALE -> 5;
        };
    }

    private HaproxySettings proxySettings(DataFolder folder) throws IOException {
        return new HaproxySettings(
                folder.inside("haproxy"), haproxy, EdgeGroup.make().orElse(null), "*");
    }

    /** Runs until the process is told to end; then lets the agent write down what it knows, and nothing else. */
    private static @Nullable Refused endingOnSignal(Agent agent) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            agent.end();
            try {
                if (!over.await(ENDING_SECONDS, TimeUnit.SECONDS))
                    LOG.log(Level.WARNING, "the agent does not end in time");
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return agent.run();
        } finally {
            over.countDown();
        }
    }

    private ActionRunner actionRunner(ContainerRuntime runtime, TaskAddresses addresses) {
        EnvironmentFiles files = envFiles == null ? EnvironmentFiles.NONE : EnvironmentFiles.in(envFiles);
        RegistryCredentialsFile credentials = registryCredentials == null
                ? RegistryCredentialsFile.NONE
                : RegistryCredentialsFile.at(registryCredentials);
        return new ActionRunner(runtime, new HostValues(files, addresses), credentials, pullBehavior, PULL_DEADLINE);
    }

    private GatewayChannel gateway() {
        int colon = controlPlane.lastIndexOf(':');
        if (colon <= 0 || !controlPlane.substring(colon + 1).matches("[0-9]{1,5}"))
            throw new IllegalArgumentException("--control-plane must be HOST:PORT");
        return new GatewayChannel(
                controlPlane.substring(0, colon), Integer.parseInt(controlPlane.substring(colon + 1)), ca);
    }

    private Introduction introduction(
            Identity identity, GatewayChannel gateway, RuntimeInfo runtime, @Nullable EndpointServer endpoint)
            throws IOException {
        List<Integer> taken = new ArrayList<>(reservedPorts);
        if (endpoint != null) taken.add(endpoint.port());
        return new Introduction(
                identity.instance(),
                identity.secret(),
                identity.incarnation(),
                Version.TEXT,
                runtime.version(),
                cluster,
                name == null ? HostFacts.name() : name,
                address == null ? HostFacts.addressTowards(gateway.host(), gateway.port()) : address,
                HostFacts.resources(runtime, cpu, memory, gpus, resources),
                HostFacts.reservedPorts(taken),
                HostFacts.attributes(runtime, attributes),
                edge);
    }

    /** Without the runtime's answer the host does not know what it is. */
    private static RuntimeInfo await(ContainerRuntime runtime) throws InterruptedException {
        for (boolean told = false; ; told = true) {
            try {
                return runtime.info();
            } catch (ContainerException away) {
                if (!told) LOG.log(Level.WARNING, "waiting for the container runtime: {0}", away.getMessage());
                TimeUnit.MILLISECONDS.sleep(RUNTIME_RETRY.toMillis());
            }
        }
    }
}
