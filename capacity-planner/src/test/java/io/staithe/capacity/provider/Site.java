package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The other side of a provider: where its hosts are, with a count of what was really started, and knobs for what goes wrong. */
public interface Site extends AutoCloseable {
    Duration DEADLINE = Duration.ofSeconds(5);

    /** Opens the provider for a Staithe; again for the same one, as a restarted control plane does. */
    InstanceProvider open(String owner);

    /** What can be started here; of one id always the same. */
    HostRequest request(InstanceId id);

    /** The hosts that run, whoever owns them. */
    List<InstanceId> running();

    /** How many hosts were ever started, whatever became of them. */
    int starts();

    /** A host comes up, as far as that takes time here. */
    void boot(InstanceId host);

    /** A host ends by itself. */
    void end(InstanceId host);

    /** The next call that starts or ends a host does so, and its answer does not arrive. */
    void loseNextAnswer();

    /** From now on nobody answers. */
    void hang();

    /** The kinds of refusal that are known here. */
    Set<ProviderException.Kind> refusals();

    /** From now on whatever is asked is refused, in the words of this place. */
    void refuse(ProviderException.Kind kind);

    /** What others than the host itself can read here: command lines, names, what is logged. */
    String inSight();

    @Override
    void close();
}
