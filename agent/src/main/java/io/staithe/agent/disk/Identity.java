package io.staithe.agent.disk;

import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who this host is, for as long as its data folder lives.
 *
 * @param secret proves to the control plane that this is the same host as last time
 * @param incarnation rises each time the host loses its memory
 */
public record Identity(InstanceId instance, String secret, long incarnation) {
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("instance ([0-9a-f]{32})\nsecret ([0-9a-f]{64})\nincarnation ([0-9]{1,18})\n");

    /** @param given by who started this host; absent: one is drawn */
    static Identity made(@Nullable InstanceId given, SecureRandom random) {
        InstanceId id = given == null ? InstanceId.of(hex(random, ID_BYTES)) : given;
        return new Identity(id, hex(random, SECRET_BYTES), 1);
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    Identity reborn() {
        return new Identity(instance, secret, incarnation + 1);
    }

    byte[] written() {
        String text = "instance " + instance + "\nsecret " + secret + "\nincarnation " + incarnation + "\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IOException when it is not what {@link #written} wrote: nothing can be guessed about who this host is */
    static Identity read(byte[] written) throws IOException {
        Matcher form = FORM.matcher(new String(written, StandardCharsets.US_ASCII));
        if (!form.matches()) throw new IOException("the identity file is damaged");
        return new Identity(InstanceId.of(form.group(1)), form.group(2), Long.parseLong(form.group(3)));
    }

    @Override
    public String toString() {
        return "Identity[" + instance + ", incarnation " + incarnation + "]";
    }
}
