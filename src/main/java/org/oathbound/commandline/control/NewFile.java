package org.oathbound.commandline.control;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is not there yet, for its owner only, and then is there as a whole or not at all. */
public final class NewFile {

    /** Writes what belongs into it. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Looks at what was written before it gets its name. */
    @FunctionalInterface
    public interface Check {
        void check(Path written) throws IOException;
    }

    private final Path file;

    /** @throws FileAlreadyExistsException when it is there */
    public NewFile(Path file) throws IOException {
        this.file = file;
        refuseToOverwrite();
    }

    public void write(Content content) throws IOException {
        write(content, written -> {});
    }

    public void write(Content content, Check check) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Path written = Files.createTempFile(folder, file.getFileName() + ".", ".part", forOwnerOnly(folder));
        written.toFile().deleteOnExit(); // an interrupted command leaves nothing
        try {
            try (FileOutputStream out = new FileOutputStream(written.toFile())) {
                OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
                content.write(buffered);
                buffered.flush();
                out.getFD().sync();
            }
            check.check(written);
            refuseToOverwrite();
            Files.move(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private void refuseToOverwrite() throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    private static FileAttribute<?>[] forOwnerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
