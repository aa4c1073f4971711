package io.staithe.capacity.provider.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.staithe.capacity.provider.Deadline;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.core.model.InstanceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hosts as pods in one namespace. A pod's name is the host's id: there is one at most, whoever asks. Its join token is in a secret
 * of the same name that the pod owns; Kubernetes deletes it with the pod.
 */
public final class KubernetesProvider implements InstanceProvider, AutoCloseable {
    private static final long PAGE = 250;
    /** No call makes more requests than this, but for pages of a long list. */
    private static final int REQUESTS = 3;

    private final ProviderContext context;
    private final KubernetesClient client;
    private final String namespace;

    private KubernetesProvider(ProviderContext context, KubernetesClient client, String namespace) {
        this.context = context;
        this.client = client;
        this.namespace = namespace;
    }

    /** Finds the cluster as kubectl does, or from inside a pod; {@code kubeconfig} and {@code namespace} may be configured. */
    public static KubernetesProvider open(ProviderContext context) {
        Config found = context.configured("kubeconfig")
                .map(file -> Config.fromKubeconfig(Path.of(file).toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        return open(context, found);
    }

    static KubernetesProvider open(ProviderContext context, Config cluster) {
        int millis = Math.toIntExact(context.deadline().dividedBy(REQUESTS).toMillis());
        // Who calls asks again, later and later: retries in here would outlast the call's deadline.
        Config config = new ConfigBuilder(cluster)
                .withRequestTimeout(millis)
                .withConnectionTimeout(millis)
                .withRequestRetryBackoffLimit(0)
                .build();
        String namespace = context.configured("namespace")
                .orElseGet(() -> config.getNamespace() == null ? "default" : config.getNamespace());
        return new KubernetesProvider(
                context, new KubernetesClientBuilder().withConfig(config).build(), namespace);
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public void start(HostRequest request) {
        Pod wanted = HostPod.of(request, context);
        Pod pod = created(
                () -> client.pods().inNamespace(namespace).resource(wanted).create());
        if (pod == null) pod = answer(() -> pod(request.id()).get());
        // It has gone in between, or it is going: nothing waits for a secret.
        if (pod == null || States.state(pod).compareTo(ListedHost.State.ENDING) >= 0) return;
        Secret secret = secret(request, pod);
        created(() -> client.secrets().inNamespace(namespace).resource(secret).create());
    }

    /** The pod waits until it is there, and takes it along when it goes. */
    private Secret secret(HostRequest request, Pod pod) {
        Map<String, String> data = new HashMap<>();
        data.put("token", base64(request.joinToken()));
        if (context.certificates() != null) data.put("ca.pem", base64(context.certificates()));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(Names.of(request.id()))
                .withLabels(Names.labels(request.id(), context.owner()))
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(data)
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<ListedHost> list() {
        Deadline deadline = Deadline.in(context.deadline());
        List<ListedHost> hosts = new ArrayList<>();
        String next = null;
        do {
            deadline.left();
            PodList page = page(next);
            for (Pod pod : page.getItems()) States.host(pod).ifPresent(hosts::add);
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return hosts;
    }

    private PodList page(@Nullable String from) {
        return answer(() -> client.pods()
                .inNamespace(namespace)
                .withLabel(Names.OWNER, context.owner())
                .list(new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(from)
                        .build()));
    }

    @Override
    public void terminate(InstanceId host) {
        Pod pod = answer(() -> pod(host).get());
        if (pod != null && Names.isOf(pod, context.owner()))
            answer(() -> pod(host).delete());
    }

    private PodResource pod(InstanceId host) {
        return client.pods().inNamespace(namespace).withName(Names.of(host));
    }

    /** Null: there is one of that name already. */
    private static <T> @Nullable T created(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException failed) {
            if (Refusal.isOfAName(failed)) return null;
            throw Refusal.of(failed);
        }
    }

    private static <T extends @Nullable Object> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException failed) {
            throw Refusal.of(failed);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
