package io.staithe.capacity.provider.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Requests;
import io.staithe.capacity.provider.Site;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The client's own API server in memory, behind a proxy that watches, loses answers, hangs and refuses. */
final class Cluster implements Site {
    static final String NAMESPACE = "staithe";

    /** What passed the proxy. */
    record Seen(String method, String path, String body, int status) {}

    private record Words(int code, String reason, String message) {}

    private static final Map<Kind, Words> WORDS = Map.of(
            Kind.LIMIT,
                    new Words(403, "Forbidden", "pods \"x\" is forbidden: exceeded quota: hosts, requested: pods=1"),
            Kind.CREDENTIALS, new Words(403, "Forbidden", "pods is forbidden: User \"u\" cannot create resource"),
            Kind.THROTTLED, new Words(429, "TooManyRequests", "too many requests"),
            Kind.INVALID, new Words(422, "Invalid", "Pod \"x\" is invalid"),
            Kind.UNKNOWN, new Words(500, "InternalError", "an error on the server"));

    final List<Seen> seen = new ArrayList<>();
    private final KubernetesMockServer api = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final HttpClient forward = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<KubernetesProvider> open = new ArrayList<>();
    private final HttpServer proxy;
    private final Path folder;
    private final KubernetesClient direct;
    private boolean losesNext;
    private boolean hangs;
    private @Nullable Words refusal;

    Cluster(Path folder) {
        this.folder = folder;
        api.init();
        direct = api.createClient();
        try {
            proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        proxy.createContext("/", this::pass);
        proxy.setExecutor(threads);
        proxy.start();
    }

    @Override
    public KubernetesProvider open(String owner) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + proxy.getAddress().getPort())
                .build();
        KubernetesProvider provider =
                KubernetesProvider.open(Requests.context(owner, folder, Map.of("namespace", NAMESPACE)), config);
        open.add(provider);
        return provider;
    }

    @Override
    public HostRequest request(InstanceId id) {
        return Requests.of(id, "made-to-measure", Map.of("agentImage", "registry/staithe-agent:1"));
    }

    private void pass(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean lost;
        Words words;
        synchronized (this) {
            boolean changes = !exchange.getRequestMethod().equals("GET");
            lost = losesNext && changes;
            losesNext &= !changes;
            words = refusal;
        }
        try (exchange) {
            if (isHanging()) over.await();
            Seen passed = words == null ? forwarded(exchange, body) : refused(words);
            synchronized (this) {
                seen.add(new Seen(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body, passed.status));
            }
            if (lost) return;
            byte[] bytes = passed.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(passed.status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Seen forwarded(HttpExchange exchange, String body) throws IOException, InterruptedException {
        URI to = URI.create(api.url("/").replaceAll("/$", "") + exchange.getRequestURI());
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = forward.send(request, HttpResponse.BodyHandlers.ofString());
        return new Seen("", "", answer.body(), answer.statusCode());
    }

    private static Seen refused(Words words) {
        String status =
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d,"
                        + "\"message\":\"%s\"}";
        return new Seen(
                "", "", status.formatted(words.reason, words.code, words.message.replace("\"", "\\\"")), words.code);
    }

    private synchronized boolean isHanging() {
        return hangs;
    }

    void status(InstanceId host, PodStatus status) {
        direct.pods().inNamespace(NAMESPACE).withName(Names.of(host)).editStatus(pod -> new PodBuilder(pod)
                .withStatus(status)
                .build());
    }

    List<Pod> pods() {
        return direct.pods().inNamespace(NAMESPACE).list().getItems();
    }

    KubernetesClient direct() {
        return direct;
    }

    @Override
    public List<InstanceId> running() {
        return pods().stream()
                .filter(pod -> pod.getStatus() == null
                        || !"Succeeded".equals(pod.getStatus().getPhase()))
                .map(pod -> Names.host(pod).orElseThrow())
                .sorted()
                .toList();
    }

    @Override
    public synchronized int starts() {
        return (int) seen.stream()
                .filter(any -> any.method.equals("POST") && any.path.endsWith("/pods") && any.status < 300)
                .count();
    }

    @Override
    public void boot(InstanceId host) {
        PodStatus status = new PodStatus();
        status.setPhase("Running");
        status(host, status);
    }

    @Override
    public void end(InstanceId host) {
        PodStatus status = new PodStatus();
        status.setPhase("Succeeded");
        status(host, status);
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
        return WORDS.keySet();
    }

    @Override
    public synchronized void refuse(Kind kind) {
        refusal = WORDS.get(kind);
    }

    /** Everything but the secrets. */
    @Override
    public synchronized String inSight() {
        return seen.stream()
                .filter(any -> !any.path.endsWith("/secrets"))
                .toList()
                .toString();
    }

    @Override
    public void close() {
        over.countDown();
        open.forEach(KubernetesProvider::close);
        proxy.stop(0);
        threads.shutdownNow();
        direct.close();
        api.destroy();
    }
}
