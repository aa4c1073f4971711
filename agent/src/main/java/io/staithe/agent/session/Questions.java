package io.staithe.agent.session;

import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.TaskProtectionAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What was asked and is not answered yet. Each is answered once: by the control plane, by the session's end, or by time. */
final class Questions {
    /** ECS's agent waits for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int MAX_OPEN = 64;

    private final Map<Long, CompletableFuture<ProtectionAnswer>> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    CompletableFuture<ProtectionAnswer> ask(ProtectionRequest request, Consumer<AgentMessage> send) {
        if (open.size() >= MAX_OPEN)
            return CompletableFuture.completedFuture(
                    new ProtectionAnswer.Rejection("ThrottlingException", "Rate exceeded", 400));
        long number = numbers.incrementAndGet();
        CompletableFuture<ProtectionAnswer> answer = new CompletableFuture<>();
        open.put(number, answer);
        send.accept(Messages.protectionRequest(number, request));
        return answer.completeOnTimeout(ProtectionAnswer.TIMED_OUT, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((given, failure) -> open.remove(number));
    }

    /** One that nobody waits for any more changes nothing. */
    void answered(TaskProtectionAnswer message) {
        CompletableFuture<ProtectionAnswer> answer = open.get(message.getRequestId());
        if (answer != null) answer.complete(Messages.protectionAnswer(message));
    }

    /** The session that they were sent on is over. */
    void end() {
        open.values().forEach(answer -> answer.complete(ProtectionAnswer.UNREACHABLE));
    }
}
