package io.staithe.agent.session;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staithe.core.assignment.Assignment;
import io.staithe.proto.v1.AgentGatewayGrpc;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.Welcome;
import io.staithe.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A control plane of a test's, on a port of this machine. It remembers what it was told and says what the test wants. */
public final class FakeGateway {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Context.Key<String> AUTHORIZATION = Context.key("authorization");

    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final Server server;

    /** One session, as this side sees it. */
    public static final class Stream implements StreamObserver<AgentMessage> {
        final BlockingQueue<AgentMessage> received = new LinkedBlockingQueue<>();
        final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        final String authorization = AUTHORIZATION.get();
        private final ServerCallStreamObserver<GatewayMessage> answers;
        volatile boolean reading = true;

        Stream(StreamObserver<GatewayMessage> answers) {
            this.answers = (ServerCallStreamObserver<GatewayMessage>) answers;
            this.answers.disableAutoRequest();
            this.answers.request(1);
        }

        void stopReading() {
            reading = false;
        }

        public void say(GatewayMessage message) {
            answers.onNext(message);
        }

        public void assign(Assignment.Delta delta) {
            say(GatewayMessage.newBuilder().setAssignment(Wire.toMessage(delta)).build());
        }

        public void end() {
            answers.onCompleted();
        }

        void fail(io.grpc.Status status) {
            answers.onError(status.asRuntimeException());
        }

        public AgentMessage next() throws InterruptedException {
            AgentMessage message = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) throw new AssertionError("the agent says nothing");
            return message;
        }

        public AgentMessage next(AgentMessage.MessageCase kind) throws InterruptedException {
            while (true) {
                AgentMessage message = next();
                if (message.getMessageCase() == kind) return message;
            }
        }

        @Override
        public void onNext(AgentMessage message) {
            received.add(message);
            if (reading) answers.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            ends.add(failure.toString());
        }

        @Override
        public void onCompleted() {
            ends.add("completed");
            answers.onCompleted();
        }
    }

    public FakeGateway() throws IOException {
        this(0);
    }

    public FakeGateway(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .intercept(new Headers())
                .addService(new AgentGatewayGrpc.AgentGatewayImplBase() {
                    @Override
                    public StreamObserver<AgentMessage> session(StreamObserver<GatewayMessage> answers) {
                        Stream stream = new Stream(answers);
                        streams.add(stream);
                        return stream;
                    }
                })
                .build()
                .start();
    }

    public int port() {
        return server.getPort();
    }

    /** The next session that the agent opens. */
    public Stream accept() throws InterruptedException {
        Stream stream = streams.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (stream == null) throw new AssertionError("the agent opens no session");
        return stream;
    }

    /** The next session, welcomed, with ten heartbeats a second. */
    public Stream welcome() throws InterruptedException {
        Stream stream = accept();
        stream.next(AgentMessage.MessageCase.HELLO);
        stream.say(GatewayMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setEpoch("e")
                        .setRegion("eu-test-1")
                        .setAccount("123456789012")
                        .setHeartbeatInterval(
                                com.google.protobuf.Duration.newBuilder().setNanos(100_000_000)))
                .build());
        return stream;
    }

    boolean isQuietFor(Duration time) throws InterruptedException {
        return streams.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    public void close() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static final class Headers implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String value = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            return Contexts.interceptCall(Context.current().withValue(AUTHORIZATION, value), call, headers, next);
        }
    }
}
