package io.staithe.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.staithe.agent.container.Finding;
import io.staithe.core.model.HealthCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** grpc.health.v1 as its servers speak it: what is sent and expected here is written out in bytes. */
final class GrpcCheckTest {
    private Server server;

    @BeforeEach
    void start() throws IOException {
        MethodDescriptor<byte[], byte[]> check = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(check, ServerCalls.asyncUnaryCall(GrpcCheckTest::answer))
                        .build())
                .build()
                .start();
    }

    private static void answer(byte[] request, StreamObserver<byte[]> to) {
        switch (new String(request, StandardCharsets.US_ASCII)) {
            case "" -> reply(to, 8, 1);
            case "\n\4busy" -> reply(to, 8, 2);
            case "\n\5empty" -> reply(to);
            case "\n\5never" -> {}
            default -> to.onError(Status.NOT_FOUND.asRuntimeException());
        }
    }

    private static void reply(StreamObserver<byte[]> to, int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) message[i] = (byte) bytes[i];
        to.onNext(message);
        to.onCompleted();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void servingAloneIsHealthy() {
        assertEquals(Finding.PASSED, make());
        assertEquals(Finding.failed(about("answered NOT_SERVING")), make("busy"));
        assertEquals(Finding.failed(about("answered UNKNOWN")), make("empty"));
    }

    @Test
    void errorsAndSilenceAreFailures() {
        assertEquals(Finding.failed("GRPC port " + server.getPort() + ": NOT_FOUND"), make("absent"));
        assertEquals(Finding.failed("GRPC port " + server.getPort() + ": DEADLINE_EXCEEDED"), make("never"));
        int port = server.getPort();
        server.shutdownNow();
        assertEquals(Finding.failed("GRPC port " + port + ": UNAVAILABLE"), make(port));
    }

    private String about(String what) {
        return "GRPC port " + server.getPort() + " " + what;
    }

    private Finding make(String... service) {
        return make(server.getPort(), service);
    }

    private static Finding make(int port, String... service) {
        List<String> command =
                service.length == 0 ? List.of("GRPC", "" + port) : List.of("GRPC", "" + port, service[0]);
        return OutsideCheck.make("127.0.0.1", new HealthCheck(command, null, 2, null, null));
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
