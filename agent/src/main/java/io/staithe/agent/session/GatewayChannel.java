package io.staithe.agent.session;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is reached: in plain text on this machine, by TLS elsewhere.
 *
 * @param ca certificates to trust, as a PEM file; absent: those that Java trusts
 */
public record GatewayChannel(
        String host, int port, @Nullable Path ca) {
    /** A full assignment of a big host. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    /** A connection on which nothing comes for so long is asked whether it lives ... */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** ... and is dead if it does not answer within this. */
    private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(5);

    /** @throws IOException when the CA file cannot be read */
    ManagedChannel open(EventLoopGroup threads) throws IOException {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port)
                .eventLoopGroup(threads)
                .channelType(NioSocketChannel.class)
                // One quiet stream: a pool of buffers would be several megabytes that are never given back.
                .withOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                .disableRetry();
        if (isPlainText()) return builder.usePlaintext().build();
        SslContextBuilder tls = GrpcSslContexts.forClient();
        if (ca != null) tls.trustManager(ca.toFile());
        return builder.sslContext(tls.build()).build();
    }

    /** A token must not cross a network in clear. */
    public boolean isPlainText() {
        if (ca != null) return false;
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false; // and connecting to it will say so
        }
    }
}
