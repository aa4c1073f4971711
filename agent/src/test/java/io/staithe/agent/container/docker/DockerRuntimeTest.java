package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.Container.State;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.ContainerSample;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.Lines;
import io.staithe.agent.container.LogQuery;
import io.staithe.agent.container.RuntimeContract;
import io.staithe.agent.container.TaskSample;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.KeyValuePair;
import io.staithe.core.model.LinuxParameters;
import io.staithe.core.model.LinuxParameters.KernelCapabilities;
import io.staithe.core.model.LinuxParameters.Tmpfs;
import io.staithe.core.model.MountPoint;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.SystemControl;
import io.staithe.core.model.Ulimit;
import io.staithe.core.model.Volume;
import io.staithe.core.model.VolumeFrom;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract on a real Docker Engine, and what only a real one can show. */
@Tag("real")
final class DockerRuntimeTest extends RuntimeContract {
    private static final long MIB = 1024L * 1024;
    private static final Duration SOON = Duration.ofSeconds(15);

    @BeforeAll
    static void requireEngine() throws ContainerException {
        DockerEngine.require();
        DockerEngine.busybox();
    }

    @Override
    protected ContainerRuntime open(InstanceId agent) {
        return new DockerRuntime(DockerSettings.of(DockerEngine.host(), agent));
    }

    @Override
    protected String image() {
        return DockerEngine.BUSYBOX;
    }

    @Override
    protected void await(String what, Duration within, Condition condition) throws Exception {
        Wait.until(what, within, condition::holds);
    }

    @Override
    protected Programs programs() {
        return new Programs() {
            private static final String WAIT = "while :; do sleep 1000 & wait $!; done";

            @Override
            public List<String> run() {
                return shell("trap 'exit 143' TERM; " + WAIT);
            }

            @Override
            public List<String> exit(int code, int afterSeconds) {
                return shell("sleep " + afterSeconds + "; exit " + code);
            }

            @Override
            public List<String> ignoreTerm() {
                return shell("trap '' TERM; " + WAIT);
            }

            @Override
            public List<String> outOfMemory() {
                return shell("dd if=/dev/zero of=/dev/null bs=256M count=1; exit 137");
            }

            @Override
            public List<String> listen(int port) {
                return serve(port, "here");
            }

            @Override
            public List<String> print(String line) {
                return shell("echo '" + line + "'; " + WAIT);
            }
        };
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    @Test
    void aPublishedPortAnswers() throws Exception {
        String id = runtime.create(spec(web(serve(8080, "published"), PortMapping.tcp(8080, 0))));
        runtime.start(id);
        int port = only().networkBindings().get(0).hostPort();
        await("an answer", SOON, () -> get(port).equals("published"));
    }

    @Test
    void containersOfATaskReachEachOtherOnLocalhostAndAreReachedThroughItsHolder() throws Exception {
        TaskSample task = new TaskSample(owner);
        task.networkMode = NetworkMode.AWSVPC;
        ContainerSample web = web(serve(8080, "inside"), PortMapping.tcp(8080, 0));
        ContainerSample caller = new ContainerSample("caller", image());
        caller.command = shell("until wget -q -O - http://127.0.0.1:8080/index.html; do sleep 0.1; done");
        TaskSpec spec = task.of(web, caller);
        String holder = runtime.createNetworkHolder(spec);
        runtime.start(runtime.create(new ContainerSpec(spec, web.build())));
        String id = runtime.create(new ContainerSpec(spec, caller.build()));
        runtime.start(id);
        awaitState(id, State.EXITED);
        assertEquals(0, runtime.inspect(id).orElseThrow().exitCode());
        assertEquals(List.of("inside"), output(id));
        int port =
                runtime.inspect(holder).orElseThrow().networkBindings().get(0).hostPort();
        assertEquals("inside", get(port));
    }

    @Test
    void limitsAreWhatTheDefinitionSays() throws Exception {
        TaskSample task = new TaskSample(owner);
        task.cpu = 1024;
        task.memory = 256;
        ContainerSample web = web(programs().run());
        web.cpu = 256;
        web.memory = 128;
        web.memoryReservation = 64;
        web.ulimits.add(new Ulimit("nofile", 1000, 2000));
        ContainerSample side = new ContainerSample("side", image());
        side.command = programs().run();
        side.memory = null;
        TaskSpec spec = task.of(web, side);
        var host = inspect(runtime.create(new ContainerSpec(spec, web.build()))).getHostConfig();
        assertEquals(128 * MIB, host.getMemory());
        assertEquals(128 * MIB, host.getMemorySwap());
        assertEquals(64 * MIB, host.getMemoryReservation());
        assertEquals(256, host.getCpuShares());
        assertEquals("/staithe", host.getCgroupParent());
        // its own 256 and half of the 768 that no container names, of a core of 100 ms
        assertEquals((256 + 384) * 100_000L / 1024, host.getCpuQuota());
        assertEquals(1000L, host.getUlimits()[0].getSoftLong());
        assertTrue(List.of("", "no").contains(host.getRestartPolicy().getName()));
        var sideHost =
                inspect(runtime.create(new ContainerSpec(spec, side.build()))).getHostConfig();
        assertEquals(256 * MIB, sideHost.getMemory());
        assertEquals(2, sideHost.getCpuShares());
    }

    @Test
    void theProcessIsRunAsTheDefinitionSays() throws Exception {
        ContainerSample web =
                web(List.of("id -u; pwd; echo $GREETING; echo $HOSTNAME; cat /proc/sys/net/core/somaxconn;"
                        + " echo x > /scratch/x && cat /scratch/x; echo y > /y || echo read-only"));
        web.entryPoint = List.of("/bin/sh", "-c");
        web.user = "1000";
        web.workingDirectory = "/bin";
        web.hostname = "quay";
        web.environment.add(new KeyValuePair("GREETING", "ahoy = there"));
        web.readonlyRootFilesystem = true;
        web.systemControls.add(new SystemControl("net.core.somaxconn", "321"));
        web.linux = new LinuxParameters(
                new KernelCapabilities(List.of("SYS_PTRACE"), List.of("NET_RAW")),
                List.of(),
                true,
                8,
                List.of(new Tmpfs("/scratch", 4, List.of("mode=1777"))),
                null,
                null);
        String id = runtime.create(spec(web));
        runtime.start(id);
        awaitState(id, State.EXITED);
        List<String> output = output(id);
        assertTrue(
                output.containsAll(List.of("1000", "/bin", "ahoy = there", "quay", "321", "x", "read-only")),
                output.toString());
        var host = inspect(id).getHostConfig();
        assertEquals(List.of("no-new-privileges"), host.getSecurityOpts());
        assertEquals("SYS_PTRACE", host.getCapAdd()[0].name());
        assertEquals(true, host.getInit());
        assertEquals(8 * MIB, host.getShmSize());
    }

    @Test
    void aVolumeIsSharedByTheContainersOfATask() throws Exception {
        TaskSample task = new TaskSample(owner);
        task.volumes.add(new Volume("data", null, null));
        ContainerSample writer = new ContainerSample("writer", image());
        writer.command = shell("echo shared > /data/x");
        writer.mounts.add(new MountPoint("data", "/data", null));
        ContainerSample reader = new ContainerSample("reader", image());
        reader.command = shell("cat /data/x; echo again > /data/x || echo refused");
        reader.volumesFrom.add(new VolumeFrom("writer", true));
        TaskSpec spec = task.of(writer, reader);
        runtime.createVolume(spec, "data");
        String first = runtime.create(new ContainerSpec(spec, writer.build()));
        runtime.start(first);
        awaitState(first, State.EXITED);
        String second = runtime.create(new ContainerSpec(spec, reader.build()));
        runtime.start(second);
        awaitState(second, State.EXITED);
        assertTrue(
                output(second).containsAll(List.of("shared", "refused")),
                output(second).toString());
        runtime.remove(first);
        runtime.remove(second);
        runtime.removeVolumes(spec);
        String volumes = DockerEngine.ask(
                docker -> docker.listVolumesCmd().exec().getVolumes().toString());
        assertFalse(volumes.contains(task.id.value().substring(0, 12)), volumes);
    }

    @Test
    void aSharedVolumeMustExistUnlessItMayBeMade() throws Exception {
        TaskSample task = new TaskSample(owner);
        String name = "shared-" + owner;
        task.volumes.add(
                new Volume(name, null, new Volume.DockerVolumeConfiguration("shared", false, null, null, null)));
        ContainerException failure = assertThrows(
                ContainerException.class,
                () -> runtime.createVolume(task.of(web(programs().run())), name));
        assertEquals(Code.CANNOT_CREATE_VOLUME, failure.code());
    }

    @Test
    void aProgramThatIsNotThereIsNotStarted() throws Exception {
        String id = runtime.create(spec(web(List.of("/no/such/program"))));
        ContainerException failure = assertThrows(ContainerException.class, () -> runtime.start(id));
        assertEquals(Code.CANNOT_START, failure.code());
        assertFalse(failure.notFound());
        assertTrue(failure.getMessage().contains("no such file"), failure.getMessage());
        Container container = only();
        assertEquals(State.CREATED, container.state());
        assertTrue(container.error() != null && container.error().contains("no such file"));
    }

    @Test
    void aTerminalsOutputComesInLines() throws Exception {
        ContainerSample web = web(shell("echo one; echo; echo three"));
        web.pseudoTerminal = true;
        String id = runtime.create(spec(web));
        runtime.start(id);
        awaitState(id, State.EXITED);
        assertEquals(List.of("one", "", "three"), output(id));
    }

    @Test
    void whatTheImageBringsAsHealthCheckDoesNotCount() throws Exception {
        var config = inspect(runtime.create(spec(web(programs().run())))).getConfig();
        assertEquals(List.of("NONE"), config.getHealthcheck().getTest());
        assertEquals(
                "10m",
                inspect(only().id()).getHostConfig().getLogConfig().getConfig().get("max-size"));
    }

    private List<String> serve(int port, String content) {
        return shell("mkdir -p /www; echo -n " + content + " > /www/index.html; httpd -f -p " + port + " -h /www");
    }

    private static String get(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/index.html"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException notYet) {
            return notYet.toString();
        }
    }

    private List<String> output(String id) throws Exception {
        Lines lines = new Lines();
        runtime.logs(id, new LogQuery(false, null, null), lines);
        await("the end of the output", SOON, lines::hasEnded);
        return lines.texts();
    }

    private static InspectContainerResponse inspect(String id) throws ContainerException {
        return DockerEngine.ask(docker -> docker.inspectContainerCmd(id).exec());
    }
}
