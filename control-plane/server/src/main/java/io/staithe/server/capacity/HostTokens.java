package io.staithe.server.capacity;

import io.staithe.capacity.provider.JoinTokens;
import io.staithe.core.model.InstanceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Tokens that follow from the master key and the host: every control plane knows them, and nobody has to store them. */
public final class HostTokens implements JoinTokens {
    private static final String ALGORITHM = "HmacSHA256";
    /** Keeps them apart from whatever else is ever made from the master key. */
    private static final String PURPOSE = "host-join-token/";

    private static final int OWNER_DIGITS = 16;

    private final SecretKey masterKey;

    public HostTokens(SecretKey masterKey) {
        this.masterKey = masterKey;
    }

    @Override
    public String token(InstanceId host) {
        return derived(PURPOSE + host);
    }

    /** Tells the hosts of this installation from those of another one: it has the same key on all its control planes. */
    public String owner() {
        return derived("host-owner").substring(0, OWNER_DIGITS);
    }

    private String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(masterKey);
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    @Override
    public String hash(InstanceId host) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token(host).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
