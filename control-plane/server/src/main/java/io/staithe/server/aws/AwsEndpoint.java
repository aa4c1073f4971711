package io.staithe.server.aws;

import io.staithe.core.model.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * All served AWS APIs behind one address: finds the protocol and the operation, checks the signature, reads, calls the
 * handler, writes. It never throws: whatever goes wrong is an answer in the shape that the client's protocol has for errors.
 * It may block as long as a handler does, and is safe for many threads.
 */
public final class AwsEndpoint {
    /** AWS's own limits are lower; what is longer is refused unread. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private static final Pattern SCOPE_SERVICE = Pattern.compile("Credential=[^/,\\s]+/[^/,]*/[^/,]*/([^/,]*)/");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private final List<Api> apis;
    private final Authenticator authenticator;
    private final String account;
    private final InstantSource clock;
    private final Supplier<String> requestIds;
    private final BiConsumer<String, RuntimeException> faults;

    /**
     * @param account 12 digits: the account that every caller belongs to
     * @param requestIds a new id for each call
     * @param faults is told the request id and the exception of each answer with status 500
     */
    public AwsEndpoint(
            List<Api> apis,
            Authenticator authenticator,
            String account,
            InstantSource clock,
            Supplier<String> requestIds,
            BiConsumer<String, RuntimeException> faults) {
        if (!ACCOUNT.matcher(account).matches()) throw new IllegalArgumentException("account: must be 12 digits");
        this.apis = List.copyOf(apis);
        this.authenticator = authenticator;
        this.account = account;
        this.clock = clock;
        this.requestIds = requestIds;
        this.faults = faults;
    }

    public HttpAnswer handle(HttpCall call) {
        String requestId = requestIds.get();
        Protocol protocol = new JsonProtocol(call, apis);
        try {
            if (call.body().length > MAX_BODY_BYTES)
                throw new ApiError("RequestEntityTooLargeException", 413, "The request body must be at most 1 MiB.");
            protocol = protocol(call);
            Instant now = clock.instant();
            Identity identity = authenticator.authenticate(call, now);
            return protocol.answer(dispatch(protocol, Caller.of(call, identity, account, requestId, now)), requestId);
        } catch (ApiError e) {
            return protocol.error(e, requestId);
        } catch (Invalid e) {
            return protocol.error(ApiError.invalidParameter(e), requestId);
        } catch (RuntimeException e) {
            faults.accept(requestId, e);
            return protocol.error(protocol.fault(), requestId);
        }
    }

    private Protocol protocol(HttpCall call) {
        if (!call.path().equals("/")) return new RestProtocol(call, scopeService(call), apis);
        if (call.header("x-amz-target") == null) {
            Form form = form(call);
            if (form.child("Action") != null) return new QueryProtocol(form, scopeService(call), apis);
        }
        return new JsonProtocol(call, apis);
    }

    private static Form form(HttpCall call) {
        String type = call.header("content-type");
        boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
        return Form.parse(form ? call.query() + "&" + new String(call.body(), StandardCharsets.UTF_8) : call.query());
    }

    /** Not checked yet, and good only for finding the API; the authenticator checks it as part of the signature. */
    private static String scopeService(HttpCall call) {
        Matcher scope = SCOPE_SERVICE.matcher(Objects.requireNonNullElse(call.header("authorization"), ""));
        return scope.find() ? scope.group(1) : "";
    }

    private SdkPojo dispatch(Protocol protocol, Caller caller) {
        Api api = protocol.api();
        Operation<?, ?> operation = api == null ? null : api.operation(protocol.operation());
        if (operation == null) throw protocol.unknownOperation();
        return run(operation, protocol, caller);
    }

    private static <I extends SdkPojo, O extends SdkPojo> O run(
            Operation<I, O> operation, Protocol protocol, Caller caller) {
        SdkBuilder<?, I> builder = operation.request().get();
        protocol.read((SdkPojo) builder);
        return operation.handler().handle(builder.build(), caller);
    }
}
