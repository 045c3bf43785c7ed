package org.oathbound.sealing;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.oathbound.directory.PrivateFile;

/**
 * The file that holds the key set. Whoever can read it can open every secret, so a file that others can read is refused
 * rather than tightened: its keys may be known already, and somebody has to decide.
 */
final class KeySetFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int SECRET_KEY_BITS = 256;
    private static final int RSA_KEY_BITS = 2048;

    private final Path file;

    KeySetFile(Path file) {
        this.file = file;
    }

    /** The keys in the file; one that is missing is made first. {@link IllegalStateException} when that can't be done. */
    JWKSet readOrCreate() {
        try {
            // Only a file that is known not to be there is made: one that can't be looked at may hold the keys.
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                PrivateFile.write(file, newKeys().toString(false));
            }
            return read();
        } catch (IOException e) {
            throw new IllegalStateException("The key set " + file + " can't be read or made.", e);
        }
    }

    /** The keys in the file; {@link IllegalStateException} when there is none. */
    JWKSet readExisting() {
        try {
            return read();
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("There is no key set " + file + ".", e);
        } catch (IOException e) {
            throw new IllegalStateException("The key set " + file + " can't be read.", e);
        }
    }

    private JWKSet read() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IllegalStateException(
                    "The key set " + file + " has the permissions "
                            + PosixFilePermissions.toString(permissions)
                            + "; its owner alone may have access (0600). If others may have read it, its keys are not secret any more.");
        }
        JWKSet keys = parse(Files.readString(file));
        require(keys, KeySet.SEALING, OctetSequenceKey.class, SECRET_KEY_BITS);
        require(keys, KeySet.FINGERPRINT, OctetSequenceKey.class, SECRET_KEY_BITS);
        require(keys, KeySet.SIGNING, RSAKey.class, RSA_KEY_BITS);
        return keys;
    }

    private JWKSet parse(String json) {
        try {
            return JWKSet.parse(json);
        } catch (ParseException | RuntimeException e) {
            // Without the cause: a parser's message can quote what it read.
            throw new IllegalStateException("The key set " + file + " is not a JWK set.");
        }
    }

    private void require(JWKSet keys, Algorithm purpose, Class<? extends JWK> type, int bits) {
        List<JWK> found = keys.getKeys().stream()
                .filter(key -> purpose.equals(key.getAlgorithm()))
                .toList();
        boolean usable = found.stream()
                .allMatch(
                        key -> type.isInstance(key) && key.isPrivate() && key.getKeyID() != null && key.size() >= bits);
        if (found.isEmpty() || !usable) {
            throw new IllegalStateException("The key set " + file + " needs a key with alg " + purpose + ", a kid and "
                    + bits + " bits or more.");
        }
    }

    private static JWKSet newKeys() {
        try {
            return new JWKSet(List.of(
                    new OctetSequenceKeyGenerator(SECRET_KEY_BITS)
                            .keyUse(KeyUse.ENCRYPTION)
                            .algorithm(KeySet.SEALING)
                            .keyID(newKeyId())
                            .generate(),
                    new OctetSequenceKeyGenerator(SECRET_KEY_BITS)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(KeySet.FINGERPRINT)
                            .keyID(newKeyId())
                            .generate(),
                    new RSAKeyGenerator(RSA_KEY_BITS)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(KeySet.SIGNING)
                            .keyID(newKeyId())
                            .generate()));
        } catch (JOSEException e) {
            throw new IllegalStateException("AES, HMAC and RSA keys are part of every Java 17", e);
        }
    }

    private static String newKeyId() {
        return UUID.randomUUID().toString();
    }
}
