package org.oathbound.operations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.directory.DataDirectory;
import org.oathbound.file.PrivateFile;

/** {@code break-glass.log} in the data directory: a line for each break-glass access token. */
final class BreakGlassLog {

    private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}._@/-]");

    private final Path path;

    BreakGlassLog(DataDirectory directory) {
        this.path = directory.path().resolve("break-glass.log");
    }

    Path path() {
        return path;
    }

    /**
     * Writes a line behind the others. It is on disk when this returns.
     *
     * @param user who is it, as the host says
     */
    void append(Instant now, Instant until, String user, UUID environment, BreakGlassPass pass) throws IOException {
        String line = now + " jti=" + pass.id() + " environment=" + environment + " until=" + until + " user="
                + NO_NAME.matcher(user).replaceAll("_") + " reason=" + pass.reason() + "\n"; // which is one line
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try (FileChannel log = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                log.write(bytes);
            }
            log.force(true);
        }
        PrivateFile.flush(path.resolveSibling("")); // where the file may be new
    }
}
