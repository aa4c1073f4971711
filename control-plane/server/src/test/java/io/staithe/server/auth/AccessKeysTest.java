package io.staithe.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.AccessKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class AccessKeysTest {
    private final AccessKeys keys = keys(0);
    private final AccessKeys.Created created = keys.create("admin", Instant.EPOCH);

    @Test
    void looksLikeAnAccessKeyOfAws() {
        assertTrue(created.key().id().matches("AKIA[A-Z2-7]{16}"), created.key().id());
        assertTrue(created.secret().matches("[A-Za-z0-9+/]{40}"));
        assertEquals("admin", created.key().principal());
    }

    @Test
    void isNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            var next = keys.create("admin", Instant.EPOCH);
            assertTrue(seen.add(next.key().id()));
            assertTrue(seen.add(next.secret()));
        }
    }

    @Test
    void opensWhatItSealed() {
        assertEquals(created.secret(), keys.open(created.key()));
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertNotEquals(keys.seal("AKIA", "secret"), keys.seal("AKIA", "secret"));
    }

    @Test
    void doesNotOpenUnderAnotherMasterKey() {
        assertThrows(IllegalStateException.class, () -> keys(1).open(created.key()));
    }

    @Test
    void doesNotOpenUnderAnotherId() {
        var moved = new AccessKey("AKIAAAAAAAAAAAAAAAAA", created.key().sealedSecret(), "admin", Instant.EPOCH);
        assertThrows(IllegalStateException.class, () -> keys.open(moved));
    }

    @Test
    void doesNotOpenWhenAnyBitWasChanged() {
        byte[] sealed = Base64.getDecoder().decode(created.key().sealedSecret());
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(IllegalStateException.class, () -> keys.open(sealed(changed)));
        }
        assertThrows(IllegalStateException.class, () -> keys.open(sealed(new byte[3])));
    }

    @Test
    void showsNoSecret() {
        assertFalse(created.toString().contains(created.secret()));
        assertFalse(created.key().toString().contains(created.key().sealedSecret()));
        var e = assertThrows(IllegalStateException.class, () -> keys(1).open(created.key()));
        assertFalse(String.valueOf(e.getMessage()).contains(created.key().sealedSecret()));
    }

    private AccessKey sealed(byte[] sealed) {
        return new AccessKey(created.key().id(), Base64.getEncoder().encodeToString(sealed), "admin", Instant.EPOCH);
    }

    private static AccessKeys keys(int master) {
        byte[] key = new byte[MasterKey.BYTES];
        key[0] = (byte) master;
        return new AccessKeys(new SecretKeySpec(key, "AES"), new SecureRandom());
    }
}
