package io.staithe.agent.check;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.stub.ClientCalls;
import io.staithe.agent.container.Finding;
import io.staithe.core.model.HealthCheck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * {@code grpc.health.v1.Health/Check} over HTTP/2 without TLS. Its two messages have one field each, so they are written and
 * read here: {@code HealthCheckRequest.service = 1} and {@code HealthCheckResponse.status = 1}.
 */
final class GrpcCheck {
    private static final int FIELD = 1;
    private static final int TAG_OF_STATUS = FIELD << 3;
    private static final int MAX_MESSAGE_BYTES = 1024;
    private static final String[] STATUSES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
    private static final int SERVING = 1;

    private static final MethodDescriptor<String, Integer> CHECK = MethodDescriptor.<String, Integer>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpc.health.v1.Health/Check")
            .setRequestMarshaller(new Service())
            .setResponseMarshaller(new Status())
            .build();

    private GrpcCheck() {}

    static Finding make(String address, HealthCheck check) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(address, check.port())
                .withOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .directExecutor()
                .usePlaintext()
                .disableRetry()
                .build();
        try {
            CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(check.timeoutSeconds(), TimeUnit.SECONDS);
            int status = ClientCalls.blockingUnaryCall(channel, CHECK, options, check.service());
            if (status == SERVING) return Finding.PASSED;
            String name = 0 <= status && status < STATUSES.length ? STATUSES[status] : "status " + status;
            return Finding.failed(OutsideCheck.about(check) + " answered " + name);
        } catch (StatusRuntimeException refused) {
            return Finding.failed(
                    OutsideCheck.about(check) + ": " + refused.getStatus().getCode());
        } finally {
            channel.shutdownNow();
        }
    }

    private static final class Service implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String service) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                if (!service.isEmpty()) out.writeString(FIELD, service);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public String parse(InputStream stream) {
            throw new UnsupportedOperationException("only clients are here");
        }
    }

    private static final class Status implements MethodDescriptor.Marshaller<Integer> {
        @Override
        public InputStream stream(Integer status) {
            throw new UnsupportedOperationException("only clients are here");
        }

        @Override
        public Integer parse(InputStream stream) {
            try {
                CodedInputStream in = CodedInputStream.newInstance(stream);
                int status = 0;
                for (int tag = in.readTag(); tag != 0; tag = in.readTag())
                    if (tag == TAG_OF_STATUS) status = in.readEnum();
                    else in.skipField(tag);
                return status;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
