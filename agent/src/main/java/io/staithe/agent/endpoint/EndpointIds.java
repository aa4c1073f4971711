package io.staithe.agent.endpoint;

import io.staithe.core.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The part of a container's address that nobody else can guess: its task's id, and 128 bits that follow from the host's
 * secret, the task and the container's name. So nothing is to be remembered, and an agent that starts again knows the
 * containers that it finds.
 */
public final class EndpointIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MARK_DIGITS = 32;
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})-([0-9a-f]{" + MARK_DIGITS + "})");

    private final SecretKeySpec key;

    /** @param secret this host's, which never leaves it but for the control plane */
    public EndpointIds(String secret) {
        key = new SecretKeySpec(("task-endpoint " + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    public String of(TaskId task, String container) {
        return task.value() + "-" + mark(task, container);
    }

    /** Which task an address claims to be of; to be believed when {@link #isOf} says so for one of its containers. */
    static Optional<TaskId> claimed(String id) {
        Matcher form = FORM.matcher(id);
        return form.matches() ? Optional.of(TaskId.of(form.group(1))) : Optional.empty();
    }

    boolean isOf(String id, TaskId task, String container) {
        return MessageDigest.isEqual(
                of(task, container).getBytes(StandardCharsets.US_ASCII), id.getBytes(StandardCharsets.US_ASCII));
    }

    private String mark(TaskId task, String container) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] bytes = mac.doFinal((task.value() + "/" + container).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, MARK_DIGITS);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
