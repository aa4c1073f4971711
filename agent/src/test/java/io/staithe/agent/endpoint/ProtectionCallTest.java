package io.staithe.agent.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.agent.session.ProtectionAnswer;
import io.staithe.agent.session.ProtectionRequest;
import io.staithe.core.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes of amazon-ecs-agent's task-protection/v1. */
final class ProtectionCallTest {
    private static final TaskId TASK = TaskId.of("a".repeat(32));
    private static final String ARN = "arn:task";

    private static ProtectionRequest read(String body) throws ProtectionCall.Refused {
        return ProtectionCall.read(body.getBytes(StandardCharsets.UTF_8), TASK, ARN);
    }

    private static String answer(ProtectionAnswer answer, int status) {
        Answer given = ProtectionCall.answer(answer, ARN);
        assertEquals(status, given.status());
        return given.body();
    }

    @Test
    void readsWhatEcsReads() throws Exception {
        assertEquals(
                new ProtectionRequest(TASK, true, 60), read("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":60}"));
        assertEquals(
                new ProtectionRequest(TASK, false, null),
                read("{\"protectionEnabled\":false,\"ExpiresInMinutes\":null}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | failed to decode",
                "[] | failed to decode",
                "{ | failed to decode",
                "{\"ProtectionEnabled\":\"yes\"} | failed to decode",
                "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":1.5} | failed to decode",
                "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":99999999999} | failed to decode",
                "{\"ProtectionEnabled\":true,\"Tasks\":[\"x\"]} | failed to decode",
                "{\"ExpiresInMinutes\":5} | does not contain 'ProtectionEnabled' field"
            })
    void refusesTheRest(String body, String why) {
        Answer refused =
                assertThrows(ProtectionCall.Refused.class, () -> read(body)).answer();
        assertEquals(400, refused.status());
        assertEquals(
                true,
                refused.body().contains("\"Code\":\"InvalidParameterException\"")
                        && refused.body().contains(why),
                refused.body());
    }

    @Test
    void answersInEcsShapes() {
        assertEquals(
                "{\"protection\":{\"ProtectionEnabled\":true,\"ExpirationDate\":\"2026-01-01T00:00:00Z\","
                        + "\"TaskArn\":\"arn:task\"}}",
                answer(new ProtectionAnswer.Protection(true, Instant.parse("2026-01-01T00:00:00Z")), 200));
        assertEquals(
                "{\"protection\":{\"ProtectionEnabled\":false,\"ExpirationDate\":null,\"TaskArn\":\"arn:task\"}}",
                answer(new ProtectionAnswer.Protection(false, null), 200));
        assertEquals(
                "{\"failure\":{\"Arn\":\"arn:task\",\"Detail\":null,\"Reason\":\"DEPLOYMENT_BLOCKED\"}}",
                answer(new ProtectionAnswer.Failure("DEPLOYMENT_BLOCKED", ""), 200));
        assertEquals(
                "{\"error\":{\"Arn\":\"arn:task\",\"Code\":\"RequestCanceled\","
                        + "\"Message\":\"Timed out calling ECS Task Protection API\"}}",
                answer(ProtectionAnswer.TIMED_OUT, 504));
    }
}
