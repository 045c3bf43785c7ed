package org.oathbound.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.oathbound.file.PrivateFile;

/**
 * The file {@code head}: how far the audit had come when it was last on disk, with a keyed hash. What stands before it can't
 * be cut off unseen. It is never ahead of the lines.
 */
final class Head {

    private static final Pattern TEXT = Pattern.compile("seq=([0-9]{1,18}) hash=(" + Chain.HASH_PATTERN
            + ") file=([a-z0-9.-]{1,60}) length=([0-9]{1,18}) mac=(" + Chain.HASH_PATTERN + ")\n?");

    private final AuditFiles files;
    private final Chain chain;
    private long written;

    Head(AuditFiles files, SecretKey key) {
        this.files = files;
        this.chain = new Chain(key);
    }

    /**
     * The position in the file; empty when there is no file. {@link Damaged} when the service has not written it so.
     */
    Optional<Position> read() throws IOException {
        String text;
        try {
            text = Files.readString(files.head(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Damaged();
        }
        Position position = new Position(
                Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3), Long.parseLong(matcher.group(4)));
        if (!mac(position).equals(matcher.group(5))) {
            throw new Damaged();
        }
        return Optional.of(position);
    }

    /** Whether that much was written already. */
    synchronized boolean isAt(Position position) {
        return position.sequence() == written;
    }

    /** Everything up to there must be on disk. What is behind a position that was written already is let pass. */
    synchronized void write(Position position) throws IOException {
        if (position.sequence() > written) {
            PrivateFile.write(files.head(), text(position) + " mac=" + mac(position) + "\n");
            written = position.sequence();
        }
    }

    private synchronized String mac(Position position) {
        return chain.hash("head", new byte[0], text(position).getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Position position) {
        return "seq=" + position.sequence() + " hash=" + position.hash() + " file=" + position.file() + " length="
                + position.length();
    }

    /** The file is not as the service wrote it. */
    static final class Damaged extends IOException {
        Damaged() {
            super("The file head is not as the service wrote it.");
        }
    }
}
