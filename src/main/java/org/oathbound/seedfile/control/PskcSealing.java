package org.oathbound.seedfile.control;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Protection;

/** Encrypts the values of one file, and makes their MACs with a key of that file's own. */
final class PskcSealing {

    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final String macUri;
    private final PskcMac mac;
    private final byte[] macKey;
    private final @Nullable PskcDerivation derivation;
    private final SecretKey key;
    private final PskcCipher cipher;

    /** {@link IllegalArgumentException} when the key is none that the protection has, or there is none. */
    PskcSealing(FileKey fileKey, Protection protection) {
        boolean isWeaker = protection == Protection.AES_128_CBC_HMAC_SHA_1;
        this.macUri = isWeaker ? PskcMac.HMAC_SHA1 : PskcMac.HMAC_SHA256;
        this.mac = Objects.requireNonNull(PskcMac.of(macUri));
        this.macKey = randomBytes(isWeaker ? 16 : 32);
        switch (fileKey) {
            case FileKey.Password(String password) -> {
                String salt = Base64.getEncoder().encodeToString(randomBytes(SALT_BYTES));
                // OWASP's iterations of PBKDF2 with HMAC-SHA-1 and HMAC-SHA-256.
                this.derivation = isWeaker
                        ? new PskcDerivation(mac, salt, 1_300_000, 16)
                        : new PskcDerivation(mac, salt, 600_000, 32);
                this.key = derive(derivation, password);
            }
            case FileKey.PreShared(SecretKey shared) -> {
                this.derivation = null;
                this.key = shared;
            }
            case FileKey.None none -> throw new IllegalArgumentException("Secrets are not written in the clear.");
        }
        PskcCipher fitting = PskcCipher.of(PskcCipher.cbc(key.getEncoded().length));
        if (fitting == null) {
            throw new IllegalArgumentException("A key of AES has 16, 24 or 32 bytes.");
        }
        if (isWeaker && fitting.keyBytes() != 16) {
            throw new IllegalArgumentException("A key of AES-128 has 16 bytes.");
        }
        this.cipher = fitting;
    }

    private static SecretKey derive(PskcDerivation derivation, String password) {
        try {
            return derivation.derive(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("No key can be derived from this password.", e);
        }
    }

    /** How the key comes from a password; null when it does not. */
    @Nullable
    PskcDerivation derivation() {
        return derivation;
    }

    String algorithm() {
        return PskcCipher.cbc(cipher.keyBytes());
    }

    byte[] seal(byte[] plain) {
        try {
            return cipher.sealCbc(key, randomBytes(PskcCipher.BLOCK_BYTES), plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is in every JDK", e);
        }
    }

    /** The name of what makes MACs, and a key from a password. */
    String macUri() {
        return macUri;
    }

    /** The MAC's key, as it stands in the file. */
    byte[] sealedMacKey() {
        return seal(macKey);
    }

    byte[] mac(byte[] sealed) {
        try {
            return mac.of(macKey, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is in every JDK", e);
        }
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
