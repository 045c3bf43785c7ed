package org.oathbound.sealing;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.oathbound.file.PrivateFile;

/**
 * The file that holds the key set, and the one source that we write. A user who can read it can open every secret, so a
 * file that others can read is refused rather than tightened: its keys may be known already, and an administrator has
 * to decide.
 */
final class KeySetFile implements KeySource {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;

    KeySetFile(Path file) {
        this.file = file;
    }

    /** Makes the file if there is none; {@link IllegalStateException} when that can't be done. */
    void createIfMissing() {
        try {
            // Only a file that is known not to be there is made: one that can't be looked at may hold the keys.
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                PrivateFile.write(file, KeySetText.fresh().toString(false));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The key set " + file + " can't be made.", e);
        }
    }

    @Override
    public JWKSet read() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new IllegalStateException(
                        "The key set " + file + " has the permissions "
                                + PosixFilePermissions.toString(permissions)
                                + "; its owner alone may have access (0600). If others may have read it, its keys are not secret any more.");
            }
            return KeySetText.parse(Files.readString(file), this);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("There is no key set " + file + ".", e);
        } catch (IOException e) {
            throw new IllegalStateException("The key set " + file + " can't be read.", e);
        }
    }

    /** Puts other keys in place of those that are there. They are on disk when this returns. */
    void write(JWKSet keys) throws IOException {
        PrivateFile.write(file.toRealPath(), keys.toString(false)); // a link stays a link
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
