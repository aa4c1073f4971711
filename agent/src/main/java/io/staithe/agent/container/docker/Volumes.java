package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateVolumeCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.Labels;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.Volume;
import io.staithe.core.model.Volume.DockerVolumeConfiguration;
import java.util.HashMap;
import java.util.Map;

/** Docker volumes that tasks bring with them or share. */
final class Volumes {
    private final Engine engine;

    Volumes(Engine engine) {
        this.engine = engine;
    }

    void create(TaskSpec task, String name) throws ContainerException {
        Volume volume = Mounts.volume(task, name);
        if (!Mounts.hostFolder(volume).isEmpty()) return;
        String source = Mounts.source(task, volume);
        engine.call(Code.CANNOT_CREATE_VOLUME, docker -> {
            if (mustExist(volume)) docker.inspectVolumeCmd(source).exec();
            else create(docker, task, volume, source);
            return source;
        });
    }

    void remove(TaskSpec task) throws ContainerException {
        for (Volume volume : task.definition().volumes())
            if (Mounts.hostFolder(volume).isEmpty() && !Mounts.isShared(volume)) remove(Mounts.source(task, volume));
    }

    private void remove(String source) throws ContainerException {
        engine.call(Code.CANNOT_REMOVE_VOLUME, docker -> {
            try {
                docker.removeVolumeCmd(source).exec();
            } catch (NotFoundException gone) {
                return source;
            }
            return source;
        });
    }

    /** ECS: a shared volume is made on demand only with {@code autoprovision}. */
    private static boolean mustExist(Volume volume) {
        DockerVolumeConfiguration docker = volume.dockerVolumeConfiguration();
        return docker != null && docker.shared() && !Boolean.TRUE.equals(docker.autoprovision());
    }

    /** Docker returns the volume that is there when driver and options are the same. */
    private static void create(DockerClient client, TaskSpec task, Volume volume, String source) {
        Map<String, String> labels = new HashMap<>();
        CreateVolumeCmd command = client.createVolumeCmd().withName(source);
        DockerVolumeConfiguration docker = volume.dockerVolumeConfiguration();
        if (docker != null) {
            labels.putAll(docker.labels());
            if (docker.driver() != null) command.withDriver(docker.driver());
            command.withDriverOpts(docker.driverOpts());
        }
        labels.put(Labels.AGENT, task.owner().value());
        if (!Mounts.isShared(volume)) labels.put(Labels.TASK, task.task().value());
        command.withLabels(labels).exec();
    }
}
