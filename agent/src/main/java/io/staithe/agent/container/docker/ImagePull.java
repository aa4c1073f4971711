package io.staithe.agent.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.PullProgress;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.container.RegistryCredentials;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attempt at fetching an image. */
final class ImagePull extends ResultCallback.Adapter<PullResponseItem> {
    private static final long PROGRESS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PullProgress progress;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, ProgressDetail> layers = new HashMap<>();
    private long toldAtNanos = System.nanoTime();
    private volatile @Nullable String refusal;
    private volatile @Nullable Throwable failure;

    private ImagePull(PullProgress progress) {
        this.progress = progress;
    }

    /**
     * Fetches the image.
     *
     * @param answerWithin until the registry has shown the manifest, Docker's first word on a pull
     */
    static void run(Engine engine, PullRequest request, Duration answerWithin, PullProgress progress)
            throws ContainerException {
        ImageReference reference = ImageReference.of(request.reference());
        HttpCall call = engine.stream();
        ImagePull pull = new ImagePull(progress);
        engine.client(call)
                .pullImageCmd(reference.repository())
                .withTag(reference.version())
                .withAuthConfig(authentication(reference, request.credentials()))
                .exec(pull);
        try {
            if (!pull.answered.await(answerWithin.toMillis(), TimeUnit.MILLISECONDS))
                throw late("the registry did not answer within " + answerWithin.toSeconds() + " s");
            if (!pull.ended.await(request.deadline().toMillis(), TimeUnit.MILLISECONDS))
                throw late("not done within " + request.deadline().toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContainerException(Code.TIMEOUT, "interrupted while pulling", e);
        } finally {
            call.cancel();
        }
        pull.throwIfFailed();
    }

    @Override
    public void onNext(PullResponseItem item) {
        if (item.getErrorDetail() != null) refusal = item.getErrorDetail().getMessage();
        answered.countDown();
        if (item.getId() == null || item.getProgressDetail() == null) return;
        layers.put(item.getId(), item.getProgressDetail());
        if (System.nanoTime() - toldAtNanos >= PROGRESS_EVERY_NANOS) tell();
    }

    @Override
    public void onError(Throwable throwable) {
        failure = throwable;
        onComplete();
    }

    @Override
    public void onComplete() {
        ended.countDown();
        answered.countDown();
    }

    private void tell() {
        toldAtNanos = System.nanoTime();
        long done = 0;
        long total = 0;
        for (ProgressDetail layer : layers.values()) {
            if (layer.getTotal() == null || layer.getCurrent() == null) continue;
            done += layer.getCurrent();
            total += layer.getTotal();
        }
        progress.at(done, total);
    }

    private void throwIfFailed() throws ContainerException {
        Throwable broken = failure;
        String said = refusal;
        if (broken != null) {
            ContainerException named = Failures.of(Code.CANNOT_PULL, broken);
            if (named.isTransient()) throw named;
            said = Failures.detail(broken);
        }
        if (said != null) throw new ContainerException(Failures.ofPull(said), said, broken);
    }

    private static ContainerException late(String how) {
        return new ContainerException(Code.CANNOT_PULL, how, null);
    }

    /** Without credentials an empty entry, or docker-java would look for some in the home folder. */
    private static AuthConfig authentication(ImageReference reference, @Nullable RegistryCredentials credentials) {
        AuthConfig authentication = new AuthConfig();
        if (credentials == null) return authentication;
        return authentication
                .withRegistryAddress(reference.registry())
                .withUsername(credentials.username())
                .withPassword(credentials.password());
    }
}
