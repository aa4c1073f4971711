package io.staithe.server.auth;

import io.staithe.core.model.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes access keys, and seals and opens their secrets. The id of a key is authenticated with its secret, so that a sealed
 * secret moved to another key's record does not open.
 */
public final class AccessKeys {
    private static final String ID_PREFIX = "AKIA";
    private static final int ID_RANDOM_CHARS = 16;
    private static final String ID_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_CHARS = 40;
    private static final String SECRET_CHARS_USED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey masterKey;
    private final SecureRandom random;

    public AccessKeys(SecretKey masterKey, SecureRandom random) {
        this.masterKey = masterKey;
        this.random = random;
    }

    /** A new key and its secret, which nobody can read again afterwards. */
    public record Created(AccessKey key, String secret) {
        @Override
        public String toString() {
            return "Created[" + key.id() + "]";
        }
    }

    public Created create(String principal, Instant now) {
        String id = ID_PREFIX + text(ID_RANDOM_CHARS, ID_CHARS);
        String secret = text(SECRET_CHARS, SECRET_CHARS_USED);
        return new Created(new AccessKey(id, seal(id, secret), principal, now), secret);
    }

    /** Base64 of nonce and ciphertext. */
    public String seal(String id, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, id, nonce, secret.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(both);
    }

    /**
     * The secret of a key.
     *
     * @throws IllegalStateException when it was sealed under another master key or another id, or was changed
     */
    public String open(AccessKey key) {
        byte[] both = Base64.getDecoder().decode(key.sealedSecret());
        if (both.length < NONCE_BYTES + TAG_BITS / 8) throw doesNotOpen(key.id(), null);
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] sealed = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
        return new String(crypt(Cipher.DECRYPT_MODE, key.id(), nonce, sealed), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, String id, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, masterKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw doesNotOpen(id, e);
        }
    }

    private static IllegalStateException doesNotOpen(String id, @Nullable GeneralSecurityException cause) {
        return new IllegalStateException(
                "access key " + id + " does not open: was it sealed on another machine?", cause);
    }

    private String text(int length, String chars) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(chars.charAt(random.nextInt(chars.length())));
        return text.toString();
    }
}
