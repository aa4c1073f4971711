package io.staithe.server.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.utils.builder.Buildable;

/** Every request and every response of ECS, with a value in every field, through the JSON and back. */
final class RoundTripTest {
    private static final List<Method> OPERATIONS = Arrays.stream(EcsClient.class.getMethods())
            .filter(m -> m.getParameterCount() == 1 && AwsRequest.class.isAssignableFrom(m.getParameterTypes()[0]))
            .filter(m -> SdkPojo.class.isAssignableFrom(m.getReturnType()))
            .toList();

    @TestFactory
    Stream<DynamicTest> everyShape() {
        assertTrue(OPERATIONS.size() > 50, "the SDK has " + OPERATIONS.size() + " operations");
        return OPERATIONS.stream()
                .flatMap(m -> Stream.of(m.getParameterTypes()[0], m.getReturnType()))
                .map(shape -> DynamicTest.dynamicTest(shape.getSimpleName(), () -> roundTrip(shape)));
    }

    private static void roundTrip(Class<?> shape) throws ReflectiveOperationException {
        SdkPojo sent = new Filled(shape.getName().hashCode()).pojo(builder(shape));
        SdkPojo read = builder(shape);
        JsonReader.read(JsonWriter.write(sent), read);
        assertEquals(sent, ((Buildable) read).build());
    }

    private static SdkPojo builder(Class<?> shape) throws ReflectiveOperationException {
        return (SdkPojo) shape.getMethod("builder").invoke(null);
    }
}
