package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.Volume;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that is for Fargate refuses by itself what a control plane should never have sent. */
class AdmissionTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("networkMode host", task(1, NetworkMode.HOST, List.of(), container("web"))),
                Arguments.of(
                        "volumes[0].host.sourcePath",
                        task(
                                1,
                                NetworkMode.AWSVPC,
                                List.of(new Volume("docker", new Volume.Host("/var/run/docker.sock"), null)),
                                container("web"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void stopsWithTheFieldAndTheRule(String field, AssignedTask asked) {
        TaskReport report = report(asked, true);
        assertEquals(StopCode.TaskFailedToStart, report.stopCode());
        assertEquals(
                "ResourceInitializationError: this host runs tasks on Fargate only: " + field
                        + ": is not supported on Fargate",
                report.reason());
        assertEquals(ContainerReport.State.STOPPED, report.lastStatus());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void otherHostsRunIt(String field, AssignedTask asked) {
        assertEquals(null, report(asked, false).reason());
    }

    @Test
    void whatFargateAllowsRuns() {
        AssignedTask asked = task(1, NetworkMode.AWSVPC, List.of(new Volume("data", null, null)), container("web"));
        TaskReport report = report(asked, true);
        assertEquals(null, report.reason());
        assertTrue(report.lastStatus() != ContainerReport.State.STOPPED, report.toString());
    }

    /** After the first turn, on a host with nothing on it. */
    private static TaskReport report(AssignedTask task, boolean fargate) {
        AgentLoop loop = new AgentLoop(Given.HOST, 1, Limits.STANDARD, Checkpoint.FIRST, fargate);
        loop.welcome("epoch-1", Stage.START);
        loop.assign(full(task));
        loop.observed(loop.mark(), List.of(), Stage.START);
        assertTrue(loop.next(Stage.START) != null);
        return loop.reports().get(0);
    }
}
