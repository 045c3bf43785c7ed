package org.oathbound.seedfile.control;

import static org.oathbound.seedfile.control.PskcCipher.XENC;
import static org.oathbound.seedfile.control.PskcCipher.XENC11;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.oathbound.password.KeyDerivation;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;

/**
 * Opens what is encrypted in one file (RFC 6030 section 6). The MAC is checked first, and every failure to open a
 * secret has the same message: neither tells a forger how far the forgery got.
 */
final class PskcProtection {

    private static final String SHUT = "The key does not open this, or it was changed after it was encrypted.";

    private final FileKey fileKey;
    private final @Nullable PskcElement encryptionKey;
    private final @Nullable PskcElement macMethod;
    private @Nullable SecretKey key;

    /**
     * @param encryptionKey the file's element of that name, if it has one
     * @param macMethod likewise
     */
    PskcProtection(FileKey fileKey, @Nullable PskcElement encryptionKey, @Nullable PskcElement macMethod) {
        this.fileKey = fileKey;
        this.encryptionKey = encryptionKey;
        this.macMethod = macMethod;
    }

    /**
     * Whether secrets have to be encrypted: the client gave a key for them, or the file declares a MAC. Anybody could
     * have replaced a secret that came in the clear.
     */
    boolean isDeclared() {
        return macMethod != null || !(fileKey instanceof FileKey.None);
    }

    /**
     * The bytes of an encrypted value.
     *
     * @param target the member that the value is for
     * @param value an {@code EncryptedValue}
     * @param valueMac beside it
     * @throws Problem.InvalidData when it does not open, or can't be trusted
     */
    byte[] open(String target, PskcElement value, @Nullable PskcElement valueMac) {
        PskcCipher cipher = cipher(target, value);
        if (macMethod == null && !cipher.checksItself()) {
            throw PskcFault.of(
                    target, "The value is encrypted so that changes don't show, and the file has no MACMethod.");
        }
        if (macMethod != null && valueMac == null) {
            throw PskcFault.of(target, "The file declares a MAC, and this value has none.");
        }
        byte[] encrypted = encrypted(target, value);
        SecretKey opener = key(target);
        if (!cipher.fits(opener)) {
            throw PskcFault.of(
                    target, "The value is encrypted with a key of " + cipher.keyBytes() + " bytes; this one is not.");
        }
        try {
            if (macMethod != null && valueMac != null) {
                byte[] expected = mac(target, macMethod).of(macKey(target, macMethod, opener), encrypted);
                if (!MessageDigest.isEqual(expected, PskcFault.base64(target, valueMac))) {
                    throw PskcFault.of(target, SHUT);
                }
            }
            return cipher.open(opener, encrypted);
        } catch (GeneralSecurityException e) {
            throw PskcFault.of(target, SHUT);
        }
    }

    private static PskcMac mac(String target, PskcElement method) {
        PskcMac mac = PskcMac.of(PskcFault.orEmpty(method.attribute("Algorithm")));
        boolean plain = method.children().stream().allMatch(child -> child.is("MACKey"));
        if (mac == null || !plain) {
            throw PskcFault.of(target, "The file's MAC is of a kind that is not supported.");
        }
        return mac;
    }

    /** Its own, or else the key that opens. */
    private static byte[] macKey(String target, PskcElement method, SecretKey opener) throws GeneralSecurityException {
        PskcElement macKey = method.child("MACKey");
        if (macKey == null) {
            return opener.getEncoded();
        }
        PskcCipher cipher = cipher(target, macKey);
        if (!cipher.fits(opener)) {
            throw PskcFault.of(
                    target,
                    "The file's MAC key is encrypted with a key of " + cipher.keyBytes() + " bytes; this one is not.");
        }
        byte[] key = cipher.open(opener, encrypted(target, macKey));
        if (key.length == 0) {
            throw PskcFault.of(target, SHUT);
        }
        return key;
    }

    private static PskcCipher cipher(String target, PskcElement value) {
        PskcElement method = value.child(XENC, "EncryptionMethod");
        String uri = method == null ? "" : PskcFault.orEmpty(method.attribute("Algorithm"));
        PskcCipher cipher = PskcCipher.of(uri);
        if (cipher == null) {
            throw PskcFault.of(
                    target,
                    uri.startsWith(XENC + "rsa")
                            ? "The value is encrypted with a public key; only keys of AES and passwords are supported."
                            : "The value is encrypted in a way that is not supported; AES in CBC mode and AES key wrap are.");
        }
        return cipher;
    }

    private static byte[] encrypted(String target, PskcElement value) {
        PskcElement data = value.child(XENC, "CipherData");
        PskcElement bytes = data == null ? null : data.child(XENC, "CipherValue");
        if (bytes == null || bytes.text().isEmpty()) {
            throw PskcFault.of(target, "The encrypted value does not stand in the file.");
        }
        return PskcFault.base64(target, bytes);
    }

    /** Derived once for a file, for that takes long. */
    private SecretKey key(String target) {
        if (key == null) {
            key = findKey(target);
        }
        return key;
    }

    private SecretKey findKey(String target) {
        PskcElement derived = encryptionKey == null ? null : encryptionKey.child(XENC11, "DerivedKey");
        PskcElement method = derived == null ? null : derived.child(XENC11, "KeyDerivationMethod");
        return switch (fileKey) {
            case FileKey.None none ->
                throw PskcFault.of(target, "The value is encrypted, and no key or password was given.");
            case FileKey.PreShared(SecretKey shared) -> {
                if (derived != null) {
                    throw PskcFault.of(target, "The file's key comes from a password, and a key was given.");
                }
                yield shared;
            }
            case FileKey.Password(String password) -> {
                if (method == null) {
                    throw PskcFault.of(
                            target, "The file's key does not come from a password, and a password was given.");
                }
                yield derive(target, method, password);
            }
        };
    }

    private static SecretKey derive(String target, PskcElement method, String password) {
        PskcDerivation derivation = PskcDerivation.read(method);
        return KeyDerivation.derive(() -> {
            try {
                return derivation.derive(password);
            } catch (GeneralSecurityException e) {
                throw PskcFault.of(target, SHUT);
            }
        });
    }
}
