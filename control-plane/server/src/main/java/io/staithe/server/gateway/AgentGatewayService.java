package io.staithe.server.gateway;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.staithe.core.gateway.Hello;
import io.staithe.core.gateway.Reports;
import io.staithe.core.model.Invalid;
import io.staithe.proto.v1.AgentGatewayGrpc;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.server.bootstrap.FirstStart;
import java.time.InstantSource;

/** The gRPC service. Runs on the event loop, so that it only reads a message and hands it on. */
@GrpcService
public class AgentGatewayService extends AgentGatewayGrpc.AgentGatewayImplBase {
    private final GatewayRunner runner;
    private final ProtectionDesk protections;
    private final InstantSource clock;

    AgentGatewayService(GatewayRunner runner, ProtectionDesk protections, InstantSource clock) {
        this.runner = runner;
        this.protections = protections;
        this.clock = clock;
    }

    @Override
    public StreamObserver<AgentMessage> session(StreamObserver<GatewayMessage> responses) {
        ServerCallStreamObserver<GatewayMessage> out = (ServerCallStreamObserver<GatewayMessage>) responses;
        String tokenHash = FirstStart.sha256(JoinToken.sent());
        AgentStream stream = new AgentStream(runner.nextSession(), tokenHash, out);
        out.disableAutoInboundFlowControl();
        out.setOnReadyHandler(() -> runner.tell(gateway -> {}));
        out.setOnCancelHandler(() -> runner.closed(stream));
        if (!runner.opened(stream)) {
            stream.fail(Status.RESOURCE_EXHAUSTED.withDescription("too many agents; try again later"));
            return new Inbound(stream);
        }
        stream.readNext();
        return new Inbound(stream);
    }

    private final class Inbound implements StreamObserver<AgentMessage> {
        private final AgentStream stream;

        Inbound(AgentStream stream) {
            this.stream = stream;
        }

        @Override
        public void onNext(AgentMessage message) {
            try {
                heard(message);
            } catch (Invalid invalid) {
                runner.closed(stream);
                stream.fail(Status.INVALID_ARGUMENT.withDescription(invalid.getMessage()));
            }
        }

        @Override
        public void onError(Throwable gone) {
            runner.closed(stream);
        }

        @Override
        public void onCompleted() {
            runner.closed(stream);
            stream.complete();
        }

        private void heard(AgentMessage message) {
            switch (message.getMessageCase()) {
                case HELLO -> heard(message.getHello());
                case HEARTBEAT -> {
                    boolean healthy = message.getHeartbeat().getRuntimeHealthy();
                    runner.tell(gateway -> {
                        gateway.heartbeat(stream.session, healthy, clock.instant());
                        stream.readNext();
                    });
                }
                case REPORTS -> {
                    Reports reports = GatewayMessages.reports(message.getReports());
                    runner.tell(gateway -> {
                        gateway.reports(stream.session, reports, clock.instant());
                        stream.readNext();
                    });
                }
                case LOG -> {
                    stream.heard(message.getLog());
                    stream.readNext();
                }
                case TASK_PROTECTION -> {
                    runner.admitted(stream)
                            .ifPresent(host -> protections.asked(host, message.getTaskProtection(), stream));
                    stream.readNext();
                }
                case MESSAGE_NOT_SET -> throw new Invalid("message", "is of a kind that this version does not know");
            }
        }

        private void heard(io.staithe.proto.v1.Hello message) {
            if (stream.saidHello) throw new Invalid("hello", "must come once");
            stream.saidHello = true;
            Hello hello = Hellos.read(message, stream.tokenHash);
            stream.instance = hello.instance();
            runner.tell(gateway -> {
                gateway.hello(stream.session, hello, clock.instant());
                stream.readNext();
            });
        }
    }
}
