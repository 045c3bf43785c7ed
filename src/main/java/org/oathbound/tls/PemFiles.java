package org.oathbound.tls;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** The two files. They are read as a whole each time: no time stamp, size or name tells of every way to exchange files. */
record PemFiles(Path certificate, Path key) {

    private static final long MAX_BYTES = 1024 * 1024;

    private static final Set<PosixFilePermission> NOT_FOR_OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    /** What stands in the files at one moment. */
    record Texts(String certificate, String key) {

        @Override
        public String toString() {
            return "Texts";
        }
    }

    /** @throws IllegalStateException when one can't be read, or others could read the key; the message names it */
    Texts read() {
        requirePrivate();
        return new Texts(text(certificate), text(key));
    }

    /** @throws IllegalStateException when they are no certificate and its key; the message names the file */
    Credential credential(Texts texts) {
        var chain = named(certificate, () -> Pem.certificates(texts.certificate()));
        return named(key, () -> new Credential(chain, Pem.privateKey(texts.key())));
    }

    private static <T> T named(Path file, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            // Without the cause: a parser's message can quote what it read.
            throw new IllegalStateException("The TLS file " + file + " " + e.getMessage() + ".");
        }
    }

    /** A group may read it where the key is another's, as it is where a host keeps its keys for several services. */
    private void requirePrivate() {
        try {
            PosixFileAttributes attributes = Files.readAttributes(key, PosixFileAttributes.class);
            Set<PosixFilePermission> permissions = attributes.permissions();
            boolean own = attributes.owner().getName().equals(System.getProperty("user.name"));
            if (permissions.stream().anyMatch(NOT_FOR_OTHERS::contains)
                    || (own && permissions.contains(PosixFilePermission.GROUP_READ))) {
                throw new IllegalStateException(
                        "The TLS key " + key + " has the permissions " + PosixFilePermissions.toString(permissions)
                                + "; its owner alone may have access (0600). If others may have read it, get a new one.");
            }
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalStateException("The TLS file " + file + " is too big to be one.");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("The TLS file " + file + " is not PEM (text that has BEGIN lines).");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static IllegalStateException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "is not there"
                : e instanceof AccessDeniedException ? "may not be read by the service's user" : "can't be read";
        return new IllegalStateException("The TLS file " + file + " " + why + ".", e);
    }
}
