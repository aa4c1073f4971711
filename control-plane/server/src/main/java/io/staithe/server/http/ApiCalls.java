package io.staithe.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.aws.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is counted and traced of every call: operation, result and time. The call goes on with the trace context of its own
 * span, which is what services, deployments and tasks then keep as their origin.
 */
public final class ApiCalls {
    private static final String TRACEPARENT = "traceparent";
    private static final Pattern ACTION = Pattern.compile("&Action=([A-Za-z]{1,64})");
    private static final int MAX_CHARS_TO_ACTION = 1024;

    private final MeterRegistry meters;
    private final Tracer tracer;
    private final Set<String> operations;

    /** @param operations names that may become tags; all else is {@code other}, so that clients cannot make up metrics */
    public ApiCalls(MeterRegistry meters, Tracer tracer, Set<String> operations) {
        this.meters = meters;
        this.tracer = tracer;
        this.operations = Set.copyOf(operations);
    }

    public Function<HttpCall, HttpAnswer> observed(Function<HttpCall, HttpAnswer> handler) {
        return call -> observe(call, handler);
    }

    private HttpAnswer observe(HttpCall call, Function<HttpCall, HttpAnswer> handler) {
        String operation = operation(call);
        Timer.Sample sample = Timer.start();
        Span span = tracer.spanBuilder(operation).setSpanKind(SpanKind.SERVER).startSpan();
        String result = "fault";
        try {
            HttpAnswer answer = handler.apply(within(call, span.getSpanContext()));
            result = answer.status() < 400 ? "ok" : answer.status() < 500 ? "refused" : "fault";
            return answer;
        } finally {
            if (result.equals("fault")) span.setStatus(StatusCode.ERROR);
            span.end();
            sample.stop(Timer.builder("staithe.api.calls")
                    .description("API calls by operation and result")
                    .tag("operation", operation)
                    .tag("result", result)
                    .register(meters));
        }
    }

    private String operation(HttpCall call) {
        String target = call.header("x-amz-target");
        String name =
                target != null ? lastPart(target, '.') : call.path().equals("/") ? action(call) : beside(call.path());
        return operations.contains(name) ? name : "other";
    }

    /** Of the query protocol: a field of the form, or of the query. */
    private static String action(HttpCall call) {
        int length = Math.min(call.body().length, MAX_CHARS_TO_ACTION);
        Matcher action = ACTION.matcher(
                "&" + new String(call.body(), 0, length, StandardCharsets.US_ASCII) + "&" + call.query());
        return action.find() ? action.group(1) : "";
    }

    /** {@code /staithe/v1/apply}: apply. */
    private static String beside(String path) {
        String[] parts = path.split("/", 5);
        return parts.length > 3 ? parts[3] : "";
    }

    private static String lastPart(String text, char separator) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    /** A signed header stays as it is: changing it would break the signature. */
    private static HttpCall within(HttpCall call, SpanContext context) {
        String authorization = call.header("authorization");
        boolean signed = authorization != null && authorization.contains(TRACEPARENT);
        if (signed || !context.isValid()) return call;
        Map<String, List<String>> headers = new HashMap<>(call.headers());
        headers.put(
                TRACEPARENT,
                List.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex()));
        return new HttpCall(call.method(), call.path(), call.query(), headers, call.body());
    }
}
