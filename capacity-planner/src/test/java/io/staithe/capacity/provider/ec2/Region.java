package io.staithe.capacity.provider.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Requests;
import io.staithe.capacity.provider.Site;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A region of EC2: speaks its query protocol on a local port, in small pages, and remembers client tokens. */
final class Region implements Site {
    private static final Map<Kind, String> CODES = Map.of(
            Kind.NO_CAPACITY, "InsufficientInstanceCapacity",
            Kind.LIMIT, "VcpuLimitExceeded",
            Kind.THROTTLED, "RequestLimitExceeded",
            Kind.CREDENTIALS, "UnauthorizedOperation",
            Kind.INVALID, "InvalidSubnetID.NotFound",
            Kind.UNKNOWN, "InternalError");

    final Instances instances = new Instances();
    final List<Map<String, String>> requests = new ArrayList<>();
    private final List<Ec2Provider> open = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Path folder;
    private boolean losesNext;
    private boolean hangs;
    private @Nullable String code;

    Region(Path folder) {
        this.folder = folder;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public Ec2Provider open(String owner) {
        System.setProperty("aws.accessKeyId", "AKIATEST");
        System.setProperty("aws.secretAccessKey", "test");
        Ec2Provider provider = Ec2Provider.open(Requests.context(
                owner,
                folder,
                Map.of(
                        "region",
                        "eu-central-1",
                        "endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort())));
        open.add(provider);
        return provider;
    }

    @Override
    public HostRequest request(InstanceId id) {
        return Requests.of(id, "m7i.large", Map.of("imageId", "ami-1", "subnets", "subnet-1, subnet-2"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = parameters(exchange);
        String body;
        int status = 200;
        boolean lost;
        synchronized (this) {
            requests.add(parameters);
            boolean changes = !parameters.get("Action").startsWith("Describe");
            lost = losesNext && changes;
            losesNext &= !changes;
            if (hangs) await();
            try {
                if (code != null) throw new Instances.Refused(code);
                body = instances.answer(parameters);
            } catch (Instances.Refused refused) {
                status = refused.code.equals("InternalError") ? 500 : 400;
                body = "<Response><Errors><Error><Code>" + refused.code
                        + "</Code><Message>no</Message></Error></Errors>" + "<RequestID>r</RequestID></Response>";
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (lost) return;
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Without the lock a second call would be answered while the first hangs; nobody shall be. */
    private void await() {
        try {
            over.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    Map<String, String> lastRun() {
        return requests.stream()
                .filter(request -> "RunInstances".equals(request.get("Action")))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    String lastScript() {
        return new String(Base64.getDecoder().decode(lastRun().get("UserData")), StandardCharsets.UTF_8);
    }

    @Override
    public List<InstanceId> running() {
        return instances.running();
    }

    @Override
    public int starts() {
        return instances.count();
    }

    @Override
    public void boot(InstanceId host) {
        instances.set(host, "running");
    }

    @Override
    public void end(InstanceId host) {
        instances.set(host, "terminated");
    }

    @Override
    public synchronized void loseNextAnswer() {
        losesNext = true;
    }

    @Override
    public synchronized void hang() {
        hangs = true;
    }

    @Override
    public Set<Kind> refusals() {
        return CODES.keySet();
    }

    @Override
    public void refuse(Kind kind) {
        refuse(CODES.get(kind));
    }

    synchronized void refuse(@Nullable String with) {
        code = with;
    }

    /** Everything but the user data, which only the instance reads. */
    @Override
    public synchronized String inSight() {
        List<Map<String, String>> seen = new ArrayList<>();
        for (Map<String, String> request : requests) {
            Map<String, String> others = new TreeMap<>(request);
            others.remove("UserData");
            seen.add(others);
        }
        return seen.toString();
    }

    @Override
    public void close() {
        over.countDown();
        open.forEach(Ec2Provider::close);
        server.stop(0);
        threads.shutdownNow();
    }
}
