package io.staithe.capacity.provider.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.staithe.capacity.provider.AgentArguments;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.Settings;
import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pod that is a host: an agent, and beside it a Docker Engine in which the host's tasks run. Its requests are what it offers
 * and what the two need themselves, and its limits are the same, so that a node never promises the host's room to others.
 */
final class HostPod {
    private static final Set<String> SETTINGS = Set.of(
            "agentImage",
            "dockerImage",
            "overheadCpu",
            "overheadMemory",
            "diskGib",
            "nodeSelector",
            "spotNodeSelector",
            "tolerations",
            "priorityClass",
            "runtimeClass",
            "imagePullSecret");
    private static final String DOCKER_IMAGE = "docker:28-dind";
    /** Of the agent, measured at 60 MiB, and rounded up. */
    private static final Resources AGENT = new Resources(102, 96, 0);
    /** Of dockerd and containerd. */
    private static final int OVERHEAD_CPU = 102;

    private static final int OVERHEAD_MEMORY = 256;
    private static final String SOCKETS = "/run/staithe";
    private static final String SECRET = "/etc/staithe/join";
    private static final Map<String, String> ARCHITECTURES = Map.of("X86_64", "amd64", "ARM64", "arm64");

    private final HostRequest request;
    private final ProviderContext context;
    private final Settings settings;

    private HostPod(HostRequest request, ProviderContext context) {
        this.request = request;
        this.context = context;
        settings = Settings.of(request, SETTINGS);
    }

    static Pod of(HostRequest request, ProviderContext context) {
        return new HostPod(request, context).pod();
    }

    private Pod pod() {
        String name = Names.of(request.id());
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Names.labels(request.id(), context.owner()))
                .withAnnotations(Map.of(Names.GROUP, request.group()))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(nodes())
                .withTolerations(Tolerations.of(settings.list("tolerations")))
                .withPriorityClassName(settings.text("priorityClass").orElse(null))
                .withRuntimeClassName(settings.text("runtimeClass").orElse(null))
                .addAllToImagePullSecrets(settings.list("imagePullSecret").stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withInitContainers(docker())
                .withContainers(agent())
                .addNewVolume()
                .withName("sockets")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("docker")
                .withNewEmptyDir()
                .withSizeLimit(settings.text("diskGib")
                        .map(gib -> new Quantity(settings.number("diskGib", 0) + "Gi"))
                        .orElse(null))
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName("join")
                .withNewSecret()
                .withSecretName(name)
                .withDefaultMode(0400)
                .endSecret()
                .endVolume()
                .endSpec()
                .build();
    }

    private Map<String, String> nodes() {
        Map<String, String> nodes = new LinkedHashMap<>(settings.map("nodeSelector"));
        if (request.spot()) {
            settings.required("spotNodeSelector");
            nodes.putAll(settings.map("spotNodeSelector"));
        }
        nodes.put("kubernetes.io/arch", ARCHITECTURES.getOrDefault(request.architecture(), request.architecture()));
        if (request.zone() != null) nodes.put("topology.kubernetes.io/zone", request.zone());
        return nodes;
    }

    private Container agent() {
        List<String> arguments = new ArrayList<>(AgentArguments.of(request, context.gateway()));
        arguments.addAll(List.of("--docker-host", "unix://" + SOCKETS + "/docker.sock"));
        arguments.addAll(List.of("--token-file", SECRET + "/token"));
        if (context.certificates() != null) arguments.addAll(List.of("--ca", SECRET + "/ca.pem"));
        return new ContainerBuilder()
                .withName("agent")
                .withImage(settings.required("agentImage"))
                .withArgs(arguments)
                .withResources(exactly(AGENT))
                .withVolumeMounts(mount("sockets", SOCKETS, false), mount("join", SECRET, true))
                .build();
    }

    /** A sidecar: it is started before the agent, started again when it ends, and ends with it. */
    private Container docker() {
        Resources overhead = new Resources(
                settings.number("overheadCpu", OVERHEAD_CPU), settings.number("overheadMemory", OVERHEAD_MEMORY), 0);
        return new ContainerBuilder()
                .withName("docker")
                .withImage(settings.text("dockerImage").orElse(DOCKER_IMAGE))
                .withRestartPolicy("Always")
                .withArgs("dockerd", "--host=unix://" + SOCKETS + "/docker.sock")
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .withResources(exactly(request.offered().plus(overhead)))
                .withVolumeMounts(mount("sockets", SOCKETS, false), mount("docker", "/var/lib/docker", false))
                .build();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }

    /** 1024 CPU units are 1000 millicores; rounded up, so that nothing that is offered is lacking. */
    private static ResourceRequirements exactly(Resources resources) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        amounts.put("cpu", new Quantity((resources.cpu() * 1000L + 1023) / 1024 + "m"));
        amounts.put("memory", new Quantity(resources.memory() + "Mi"));
        if (resources.gpus() > 0) amounts.put("nvidia.com/gpu", new Quantity(String.valueOf(resources.gpus())));
        return new ResourceRequirementsBuilder()
                .withRequests(amounts)
                .withLimits(amounts)
                .build();
    }
}
