package org.oathbound.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is written: whole lines only, one behind the other. */
final class AuditFile {

    private final String name;

    /** Not a channel, which an interrupt of one thread would close for all. */
    private final RandomAccessFile file;

    private long length;
    private volatile boolean closed;

    private AuditFile(String name, RandomAccessFile file, long length) {
        this.name = name;
        this.file = file;
        this.length = length;
    }

    static AuditFile create(Path path) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return open(path);
    }

    static AuditFile open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            long length = file.length();
            file.seek(length);
            return new AuditFile(path.getFileName().toString(), file, length);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    long length() {
        return length;
    }

    /** All of it or, as far as the disk lets us, nothing: a beginning that was written is taken back. */
    void append(byte[] bytes) throws IOException {
        try {
            file.write(bytes);
        } catch (IOException e) {
            try {
                file.setLength(length);
                file.seek(length);
            } catch (IOException again) {
                e.addSuppressed(again); // the next start, or the next attempt, finds it
            }
            throw e;
        }
        length += bytes.length;
    }

    /** Everything that is written goes to disk. */
    void sync() throws IOException {
        file.getFD().sync();
    }

    void close() {
        closed = true;
        try {
            file.close();
        } catch (IOException e) {
            // Nothing is left in memory of ours.
        }
    }

    boolean isClosed() {
        return closed;
    }
}
