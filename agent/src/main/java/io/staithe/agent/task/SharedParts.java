package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the containers of a task have in common: its volumes, and in network mode awsvpc the owner of its network. */
final class SharedParts {
    private final Map<String, Work> volumesToCreate = new LinkedHashMap<>();
    private final Work volumesToRemove = new Work();
    private final Work network = new Work();
    private final boolean hasNetwork;
    private boolean hasVolumesOfItsOwn;
    private boolean networkBegun;
    private @Nullable Container holder;

    SharedParts(List<Volume> volumes, NetworkMode networkMode) {
        hasNetwork = networkMode == NetworkMode.AWSVPC;
        for (Volume volume : volumes) {
            if (isFolderOfTheHost(volume)) continue;
            volumesToCreate.put(volume.name(), new Work());
            if (volume.dockerVolumeConfiguration() == null
                    || !volume.dockerVolumeConfiguration().shared()) hasVolumesOfItsOwn = true;
        }
    }

    private static boolean isFolderOfTheHost(Volume volume) {
        String path = volume.host() == null ? null : volume.host().sourcePath();
        return path != null && !path.isEmpty();
    }

    /** Makes them. @return whether all are there */
    boolean prepare(TaskRun task, Round round) {
        for (Map.Entry<String, Work> volume : volumesToCreate.entrySet())
            createVolume(task, volume.getKey(), volume.getValue(), round);
        if (!volumesToCreate.isEmpty()) return false;
        if (!hasNetwork || isNetworkUp()) return true;
        if (!networkBegun) createNetwork(task, round);
        else if (!network.isBusy() && !network.isUncertain())
            task.stopByItself("ResourceInitializationError: the task's network is gone");
        return false;
    }

    private void createVolume(TaskRun task, String name, Work work, Round round) {
        round.issue(new Action.CreateVolume(task.spec, name), work, (outcome, mark, now) -> {
            if (outcome.failure() == null) volumesToCreate.remove(name);
            else if (!work.failed(outcome.failure(), mark, now))
                task.failToStart(outcome.failure().reason());
        });
    }

    private void createNetwork(TaskRun task, Round round) {
        round.issue(new Action.CreateNetworkHolder(task.spec), network, (outcome, mark, now) -> {
            if (outcome.failure() == null) {
                network.succeeded(mark);
                networkBegun = true;
                holder = outcome.container();
            } else if (!network.failed(outcome.failure(), mark, now))
                task.failToStart(outcome.failure().reason());
        });
    }

    private boolean isNetworkUp() {
        return holder != null && holder.isAlive();
    }

    /** @param now absent: the runtime shows no network holder of this task */
    void observe(@Nullable Container now, long mark) {
        if (network.isNewerThan(mark)) return;
        network.looked();
        holder = now;
        if (now != null) networkBegun = true;
    }

    /** Ends the network, after the containers. @return whether it is gone */
    boolean endNetwork(TaskRun task, Round round) {
        if (network.isBusy() || network.isUncertain()) return false;
        if (holder == null) return true;
        Action remove = new Action.Remove(task.id(), Container.NETWORK_HOLDER, holder.id());
        round.issue(remove, network, (outcome, mark, now) -> {
            if (outcome.failure() != null) network.failed(outcome.failure(), mark, now);
            else {
                network.succeeded(mark);
                holder = null;
            }
        });
        return false;
    }

    /** Removes the volumes that end with the task, after its containers. @return whether they are gone */
    boolean removeVolumes(TaskRun task, Round round) {
        if (!hasVolumesOfItsOwn) return true;
        round.issue(new Action.RemoveVolumes(task.spec), volumesToRemove, (outcome, mark, now) -> {
            if (outcome.failure() == null) hasVolumesOfItsOwn = false;
            else volumesToRemove.failed(outcome.failure(), mark, now);
        });
        return false;
    }

    /** Where the task's containers are reached, if the network is theirs together. */
    @Nullable
    String address() {
        return holder == null ? null : holder.address();
    }

    List<NetworkBinding> networkBindings() {
        return holder == null ? List.of() : holder.networkBindings();
    }
}
