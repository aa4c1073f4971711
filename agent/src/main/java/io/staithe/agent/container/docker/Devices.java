package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.LinuxParameters;
import io.staithe.core.model.ResourceRequirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices, GPUs, memory file systems and the init process. */
final class Devices {
    private static final Map<String, String> PERMISSIONS = Map.of("read", "r", "write", "w", "mknod", "m");

    private Devices() {}

    static void apply(ContainerDefinition container, HostConfig host) {
        gpus(container, host);
        LinuxParameters linux = container.linuxParameters();
        if (linux == null) return;
        if (Boolean.TRUE.equals(linux.initProcessEnabled())) host.withInit(true);
        host.withDevices(linux.devices().stream().map(Devices::device).toList());
        if (!linux.tmpfs().isEmpty()) host.withTmpFs(tmpfs(linux.tmpfs()));
    }

    private static Device device(LinuxParameters.Device device) {
        StringBuilder permissions = new StringBuilder();
        device.permissions().forEach(permission -> permissions.append(PERMISSIONS.get(permission)));
        String inContainer = device.containerPath() == null ? device.hostPath() : device.containerPath();
        return new Device(permissions.isEmpty() ? "rwm" : permissions.toString(), inContainer, device.hostPath());
    }

    private static Map<String, String> tmpfs(List<LinuxParameters.Tmpfs> mounts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (LinuxParameters.Tmpfs mount : mounts) {
            StringBuilder line = new StringBuilder("size=" + mount.size() + "m");
            mount.mountOptions().forEach(option -> line.append(',').append(option));
            options.put(mount.containerPath(), line.toString());
        }
        return options;
    }

    private static void gpus(ContainerDefinition container, HostConfig host) {
        int gpus = container.resourceRequirements().stream()
                .filter(requirement -> requirement.type().equals(ResourceRequirement.GPU))
                .mapToInt(ResourceRequirement::count)
                .sum();
        if (gpus > 0)
            host.withDeviceRequests(
                    List.of(new DeviceRequest().withCount(gpus).withCapabilities(List.of(List.of("gpu")))));
    }
}
