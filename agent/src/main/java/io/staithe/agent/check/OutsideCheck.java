package io.staithe.agent.check;

import io.staithe.agent.container.Finding;
import io.staithe.core.model.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes checks from outside the container. May be used from several threads. */
public final class OutsideCheck {
    private OutsideCheck() {}

    /**
     * Makes one check, within its timeout.
     *
     * @param address where the container is reached, as an IP address; absent: nowhere
     * @throws IllegalArgumentException when {@code check} runs inside the container
     */
    public static Finding make(@Nullable String address, HealthCheck check) {
        if (address == null) return Finding.failed("the container has no address");
        return switch (check.kind()) {
            case HTTP -> connected(address, check, HttpCheck::make);
            case TCP -> connected(address, check, (socket, request, deadline) -> Finding.PASSED);
            case GRPC -> GrpcCheck.make(address, check);
            case CMD, CMD_SHELL -> throw new IllegalArgumentException("a check inside: " + check.command());
        };
    }

    /** What is done over a connection. */
    interface Conversation {
        Finding hold(Socket socket, HealthCheck check, Deadline deadline) throws IOException;
    }

    private static Finding connected(String address, HealthCheck check, Conversation conversation) {
        Deadline deadline = Deadline.in(check.timeoutSeconds());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, check.port()), deadline.millisLeft());
            return conversation.hold(socket, check, deadline);
        } catch (SocketTimeoutException late) {
            return Finding.failed(about(check) + " has not answered within " + check.timeoutSeconds() + " s");
        } catch (IOException broken) {
            return Finding.failed(about(check) + ": " + broken.getMessage());
        }
    }

    /** Which of the container's ports, for people. */
    static String about(HealthCheck check) {
        return check.kind() == HealthCheck.Kind.HTTP
                ? "GET :" + check.port() + check.path()
                : check.kind() + " port " + check.port();
    }
}
