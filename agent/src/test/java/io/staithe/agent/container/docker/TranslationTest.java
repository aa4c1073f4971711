package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerSample;
import io.staithe.agent.container.TaskSample;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LinuxParameters;
import io.staithe.core.model.LinuxParameters.KernelCapabilities;
import io.staithe.core.model.LogConfiguration;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules of the translation between ECS's words and Docker's that need no engine. */
final class TranslationTest {
    @Test
    void repositoriesOfDockerHubAreWrittenInSeveralWays() {
        ImageReference nginx = ImageReference.of("docker.io/library/nginx:1");
        assertTrue(nginx.isOf("nginx"));
        assertTrue(ImageReference.of("team/app").isOf("index.docker.io/team/app"));
        assertFalse(nginx.isOf("registry.test/nginx"));
        assertFalse(ImageReference.of("registry.test/library/nginx").isOf("registry.test/nginx"));
    }

    @Test
    void referencesHaveATagOrADigest() {
        assertReference("nginx", "nginx", "latest", "https://index.docker.io/v1/");
        assertReference("team/app:1", "team/app", "1", "https://index.docker.io/v1/");
        assertReference("127.0.0.1:5000/app", "127.0.0.1:5000/app", "latest", "127.0.0.1:5000");
        assertReference("registry.test/app:1@sha256:ab", "registry.test/app", "sha256:ab", "registry.test");
        assertReference("localhost/app@sha256:ab", "localhost/app", "sha256:ab", "localhost");
        assertEquals(
                "registry.test/app@sha256:ab",
                ImageReference.of("registry.test/app:1@sha256:ab").toString());
    }

    private static void assertReference(String written, String repository, String version, String registry) {
        ImageReference reference = ImageReference.of(written);
        assertEquals(new ImageReference(repository, version), reference);
        assertEquals(registry, reference.registry());
    }

    @Test
    void refusalsAreToldApart() {
        assertEquals(Code.CANNOT_PULL_AUTH, Failures.ofPull("unauthorized: authentication required"));
        assertEquals(Code.CANNOT_PULL_AUTH, Failures.ofPull("pull access denied for x, repository does not exist"));
        assertEquals(Code.CANNOT_PULL_MANIFEST, Failures.ofPull("manifest for x:2 not found: manifest unknown"));
        assertEquals(Code.CANNOT_PULL, Failures.ofPull("dial tcp: lookup x: no such host"));

        ContainerException absent =
                Failures.of(Code.CANNOT_START, new NotFoundException("{\"message\":\"No such container: x\"}"));
        assertTrue(absent.notFound());
        assertEquals("CannotStartContainerError: No such container: x", absent.getMessage());
        ContainerException refused = Failures.of(
                Code.CANNOT_START, new InternalServerErrorException("{\"message\":\"port is already allocated\"}"));
        assertEquals("CannotStartContainerError: port is already allocated", refused.getMessage());
        ContainerException away =
                Failures.of(Code.CANNOT_START, new RuntimeException(new SocketException("Connection refused")));
        assertEquals(Code.UNAVAILABLE, away.code());
        assertEquals(
                Code.UNAVAILABLE,
                Failures.of(Code.CANNOT_STOP, new IOException("broken pipe")).code());
        assertThrows(NullPointerException.class, () -> Failures.of(Code.CANNOT_START, new NullPointerException("bug")));
    }

    @Test
    void noLogGrowsWithoutBound() {
        assertEquals("10m", Logging.of(null).getConfig().get("max-size"));
        for (String elsewhere : List.of("awslogs", "awsfirelens")) {
            var config = Logging.of(new LogConfiguration(elsewhere, Map.of("awslogs-group", "g"), List.of()));
            assertEquals(LoggingType.JSON_FILE, config.getType());
            assertEquals(Map.of("max-size", "10m", "max-file", "3"), config.getConfig());
        }
        var own = Logging.of(new LogConfiguration("json-file", Map.of("max-size", "1m"), List.of()));
        assertEquals(Map.of("max-size", "1m", "max-file", "3"), own.getConfig());
        var syslog = Logging.of(new LogConfiguration("syslog", Map.of("tag", "t"), List.of()));
        assertEquals(LoggingType.SYSLOG, syslog.getType());
        assertEquals(Map.of("tag", "t"), syslog.getConfig());
        LogConfiguration.DRIVERS.forEach(driver -> Logging.of(new LogConfiguration(driver, Map.of(), List.of())));
    }

    @Test
    void aTasksCpuIsDividedWithoutRest() {
        TaskSample task = new TaskSample(InstanceId.of(TaskSample.hex()));
        task.cpu = 1024;
        task.memory = 512;
        ContainerSample named = new ContainerSample("named", "x");
        named.cpu = 512;
        ContainerSample other = new ContainerSample("other", "x");
        TaskSpec spec = task.of(named, other);
        assertEquals(768, Limits.ceilingCpuUnits(spec, named.build(), 1024));
        assertEquals(256, Limits.ceilingCpuUnits(spec, other.build(), 1024));
        assertEquals(512, Limits.ceilingCpuUnits(spec, named.build(), 512));
        assertEquals(64, Limits.ceilingCpuUnits(spec, other.build(), 512));
    }

    @Test
    void privilegesAreAskedFor() {
        ContainerSample container = new ContainerSample("x", "x");
        assertEquals(List.of("no-new-privileges"), security(container).getSecurityOpts());
        container.dockerSecurityOptions.add("no-new-privileges:false");
        assertEquals(List.of("no-new-privileges:false"), security(container).getSecurityOpts());
        container.dockerSecurityOptions.clear();
        container.privileged = true;
        assertEquals(List.of(), security(container).getSecurityOpts());
        container.linux = new LinuxParameters(
                new KernelCapabilities(List.of("FLY"), List.of()), List.of(), null, null, List.of(), null, null);
        assertEquals(
                "linuxParameters.capabilities.add: there is no capability FLY",
                assertThrows(IllegalArgumentException.class, () -> security(container))
                        .getMessage());
    }

    private static HostConfig security(ContainerSample container) {
        HostConfig host = HostConfig.newHostConfig();
        Security.apply(container.build(), host);
        return host;
    }
}
