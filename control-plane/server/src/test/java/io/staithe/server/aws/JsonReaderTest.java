package io.staithe.server.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

final class JsonReaderTest {
    /** Body, and the message of the SerializationException that it earns. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("[]", "The request body: must be an object, but is a list"),
            Map.entry("null", "The request body: must be an object, but is null"),
            Map.entry("{\"family\":1}", "family: must be a string, but is an integer"),
            Map.entry("{\"family\":{}}", "family: must be a string, but is an object"),
            Map.entry("{\"containerDefinitions\":{}}", "containerDefinitions: must be a list, but is an object"),
            Map.entry(
                    "{\"containerDefinitions\":[7]}", "containerDefinitions[0]: must be an object, but is an integer"),
            Map.entry(
                    "{\"containerDefinitions\":[{},{\"portMappings\":[{\"containerPort\":\"80\"}]}]}",
                    "containerDefinitions[1].portMappings[0].containerPort:"
                            + " must be an integer of 32 bits, but is a string"),
            Map.entry(
                    "{\"containerDefinitions\":[{\"cpu\":2147483648}]}",
                    "containerDefinitions[0].cpu: must be an integer of 32 bits, but is a larger integer"),
            Map.entry(
                    "{\"containerDefinitions\":[{\"cpu\":1.5}]}",
                    "containerDefinitions[0].cpu: must be an integer of 32 bits, but is a number with a fraction"),
            Map.entry(
                    "{\"containerDefinitions\":[{\"essential\":\"true\"}]}",
                    "containerDefinitions[0].essential: must be a boolean, but is a string"),
            Map.entry(
                    "{\"containerDefinitions\":[{\"dockerLabels\":{\"a.b\":1}}]}",
                    "containerDefinitions[0].dockerLabels.a.b: must be a string, but is an integer"),
            Map.entry(
                    "{\"containerDefinitions\":[{\"dockerLabels\":[]}]}",
                    "containerDefinitions[0].dockerLabels: must be an object, but is a list"),
            Map.entry(
                    "{\"requiresCompatibilities\":[null]}",
                    "requiresCompatibilities[0]: must be a string, but is null"),
            Map.entry("{\"family\":", "The request body is not valid JSON at line 1, column 11."),
            Map.entry("{} {}", "The request body is not valid JSON at line 1, column 4."),
            Map.entry("hello", "The request body is not valid JSON at line 1, column 1."),
            Map.entry("\0", "The request body is not valid JSON at line 1, column 2."),
            Map.entry("[".repeat(100_000), "The request body is nested too deeply or too large."));

    @TestFactory
    Stream<DynamicTest> refuses() {
        return REFUSED.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getValue(),
                        () -> assertEquals(
                                row.getValue(), refusal(RegisterTaskDefinitionRequest.builder(), row.getKey()))));
    }

    @Test
    void ignoresWhatTheModelDoesNotHave() {
        var builder = RegisterTaskDefinitionRequest.builder();
        read(builder, "{\"family\":\"web\",\"later\":{\"deep\":[1]},\"containerDefinitions\":[{\"artifacts\":[]}]}");
        assertEquals("web", builder.build().family());
        assertEquals(1, builder.build().containerDefinitions().size());
    }

    @Test
    void nullIsAbsent() {
        var builder = RegisterTaskDefinitionRequest.builder();
        read(builder, "{\"family\":null,\"containerDefinitions\":null}");
        assertEquals(RegisterTaskDefinitionRequest.builder().build(), builder.build());
        assertFalse(builder.build().hasContainerDefinitions());
    }

    @Test
    void anEmptyBodyIsAnEmptyRequest() {
        var builder = RegisterTaskDefinitionRequest.builder();
        read(builder, "");
        assertEquals(RegisterTaskDefinitionRequest.builder().build(), builder.build());
    }

    @Test
    void timesAreEpochSecondsWithAFraction() {
        var builder = ListServiceDeploymentsRequest.builder();
        read(builder, "{\"createdAt\":{\"after\":1700000000.123,\"before\":1700000001}}");
        assertEquals(1_700_000_000_123L, builder.build().createdAt().after().toEpochMilli());
        assertEquals(1_700_000_001_000L, builder.build().createdAt().before().toEpochMilli());
    }

    @Test
    void refusalsQuoteNothingOfTheBody() {
        String message = refusal(RegisterTaskDefinitionRequest.builder(), "{\"family\": hunter2}");
        assertTrue(message.startsWith("The request body is not valid JSON"), message);
        assertFalse(message.contains("hunter2"), message);
    }

    private static String refusal(SdkPojo builder, String body) {
        var e = assertThrows(ApiError.class, () -> read(builder, body));
        assertEquals("SerializationException", e.code());
        assertEquals(400, e.status());
        return e.message();
    }

    private static void read(SdkPojo builder, String body) {
        JsonReader.read(body.getBytes(StandardCharsets.UTF_8), builder);
    }
}
