package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kernel settings of a container. Sizes in MiB. */
public record LinuxParameters(
        @Nullable KernelCapabilities capabilities,
        List<Device> devices,
        @Nullable Boolean initProcessEnabled,
        @Nullable Integer sharedMemorySize,
        List<Tmpfs> tmpfs,
        @Nullable Integer maxSwap,
        @Nullable Integer swappiness) {
    public LinuxParameters {
        devices = Check.list(devices);
        tmpfs = Check.list(tmpfs);
        Check.range(sharedMemorySize, 1, 1 << 20, "sharedMemorySize");
        Check.range(maxSwap, 0, 1 << 20, "maxSwap");
        Check.range(swappiness, 0, 100, "swappiness");
    }

    public record KernelCapabilities(List<String> add, List<String> drop) {
        public KernelCapabilities {
            add = Check.list(add);
            drop = Check.list(drop);
        }
    }

    public record Device(String hostPath, @Nullable String containerPath, List<String> permissions) {
        public Device {
            Check.text(hostPath, "hostPath", 4096);
            permissions = Check.list(permissions);
            permissions.forEach(p -> Check.oneOf(p, List.of("read", "write", "mknod"), "permissions"));
        }
    }

    public record Tmpfs(String containerPath, int size, List<String> mountOptions) {
        public Tmpfs {
            Check.text(containerPath, "containerPath", 4096);
            Check.range(size, 1, 1 << 20, "size");
            mountOptions = Check.list(mountOptions);
        }
    }
}
