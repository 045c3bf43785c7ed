package org.oathbound.operations.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a process unpacks itself into: for its user alone, and gone when the process ends. What a process has left
 * that was killed, the next one deletes: a process holds a lock on its folder as long as it lives.
 */
final class RuntimeFolder {

    private static final String PREFIX = "oathbound-";
    private static final String LOCK = "lock";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    /** Held as long as the process lives: a channel without a reference would be closed, and the lock lost with it. */
    @SuppressWarnings("UnusedVariable")
    private final FileChannel locked;

    private RuntimeFolder(Path folder, FileChannel locked) {
        this.folder = folder;
        this.locked = locked;
    }

    /** A new one below a folder for temporary files. Its process deletes it at the end. */
    static RuntimeFolder below(Path temporary) {
        try {
            Path folder = Files.createTempDirectory(temporary, PREFIX, OWNER_ONLY);
            Path unlocked = folder.resolve(LOCK + ".new");
            FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            Files.move(unlocked, folder.resolve(LOCK)); // no process sees it without the lock
            deleteLeftovers(temporary, folder);
            return new RuntimeFolder(folder, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return folder;
    }

    /** As much of it as can be deleted. */
    void delete() {
        delete(folder);
    }

    private static void deleteLeftovers(Path temporary, Path own) throws IOException {
        UserPrincipal owner = Files.getOwner(own);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                // Not its own: a process that closes a file loses each lock that it has on that file (POSIX).
                if (!folder.equals(own) && isOf(owner, folder) && isLeftOver(folder.resolve(LOCK))) {
                    delete(folder);
                }
            }
        }
    }

    /** In a folder that all users share, others may put what they like there. */
    private static boolean isOf(UserPrincipal owner, Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner);
    }

    private static boolean isLeftOver(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path folder) {
        Path lock = folder.resolve(LOCK);
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(lock)) {
                        Files.deleteIfExists(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    if (directory.equals(folder)) {
                        Files.deleteIfExists(lock); // last: by it the next process knows that this may be deleted
                    }
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("The folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
