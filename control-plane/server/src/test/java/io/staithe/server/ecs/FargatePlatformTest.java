package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.HostGroup;
import io.staithe.server.aws.ApiError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** What a task on Fargate shows of its platform and its scratch space. */
final class FargatePlatformTest {
    private final EcsFixture ecs = new EcsFixture();

    @BeforeEach
    void fargate() {
        ecs.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        ecs.call(EcsFixture.definition("isolated")
                .networkMode("awsvpc")
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .ephemeralStorage(storage -> storage.sizeInGiB(30))
                .build());
    }

    private static RunTaskRequest.Builder run() {
        return RunTaskRequest.builder().taskDefinition("isolated").launchType("FARGATE");
    }

    private Task started(RunTaskRequest request) {
        RunTaskResponse response = ecs.call(request);
        return response.tasks().get(0);
    }

    @ParameterizedTest
    @CsvSource({",", "LATEST", "1.4.0"})
    void latestIsResolved(String version) {
        Task task = started(run().platformVersion(version).build());
        assertEquals("1.4.0", task.platformVersion());
        assertEquals("Linux", task.platformFamily());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FARGATE | 9.9.9 | PlatformUnknownException  | The specified platform version does not exist.
            EC2     | 1.4.0 | InvalidParameterException | The platform version must be null when specifying an EC2 launch type.
            """)
    void anotherIsRefusedInEcsWords(String launchType, String version, String code, String message) {
        ApiError error = ecs.refused(
                run().launchType(launchType).platformVersion(version).build());
        assertEquals(code, error.code());
        assertEquals(message, error.message());
    }

    @Test
    void scratchSpaceIsTheDefinitionsUnlessOverridden() {
        Task task = started(run().build());
        assertEquals(30, task.ephemeralStorage().sizeInGiB());
        assertEquals(30, task.fargateEphemeralStorage().sizeInGiB());
        Task overridden = started(run().overrides(with -> with.ephemeralStorage(storage -> storage.sizeInGiB(40)))
                .build());
        assertEquals(40, overridden.ephemeralStorage().sizeInGiB());
    }

    @ParameterizedTest
    @CsvSource({"20", "201"})
    void scratchSpaceHasBounds(int gib) {
        ApiError error = ecs.refused(run().overrides(with -> with.ephemeralStorage(storage -> storage.sizeInGiB(gib)))
                .build());
        assertEquals("overrides.ephemeralStorage.sizeInGiB: must be between 21 and 200", error.message());
    }
}
