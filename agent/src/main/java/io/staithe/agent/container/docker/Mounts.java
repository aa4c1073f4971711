package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.VolumesFrom;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.Names;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.MountPoint;
import io.staithe.core.model.Volume;
import org.jspecify.annotations.Nullable;

/** Where a task's volumes appear in a container. */
final class Mounts {
    private Mounts() {}

    static void apply(ContainerSpec spec, HostConfig host) {
        host.withBinds(spec.container().mountPoints().stream()
                .map(mount -> bind(spec.task(), mount))
                .toList());
        host.withVolumesFrom(spec.container().volumesFrom().stream()
                .map(from -> new VolumesFrom(
                        Names.container(spec.task().task(), from.sourceContainer()), access(from.readOnly())))
                .toList());
    }

    private static Bind bind(TaskSpec task, MountPoint mount) {
        return new Bind(
                source(task, volume(task, mount.sourceVolume())),
                new com.github.dockerjava.api.model.Volume(mount.containerPath()),
                access(mount.readOnly()));
    }

    /** The definition's constructor has checked that each mount's volume exists. */
    static Volume volume(TaskSpec task, String name) {
        return task.definition().volumes().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mountPoints: no volume is named " + name));
    }

    /** The host folder or the Docker volume behind a task's volume. */
    static String source(TaskSpec task, Volume volume) {
        String folder = hostFolder(volume);
        if (!folder.isEmpty()) return folder;
        return isShared(volume) ? volume.name() : Names.taskVolume(task.task(), volume.name());
    }

    static boolean isShared(Volume volume) {
        return volume.dockerVolumeConfiguration() != null
                && volume.dockerVolumeConfiguration().shared();
    }

    /** Empty where the volume is not a folder of the host's. */
    static String hostFolder(Volume volume) {
        Volume.Host host = volume.host();
        return host == null || host.sourcePath() == null ? "" : host.sourcePath();
    }

    private static AccessMode access(@Nullable Boolean readOnly) {
        return Boolean.TRUE.equals(readOnly) ? AccessMode.ro : AccessMode.rw;
    }
}
