package org.oathbound.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Where an earlier start left the audit, and so where this one goes on.
 *
 * @param last the last line that fits
 * @param file to go on with; null for a new one
 * @param torn what stands in that file behind the last line, and is none; a character for each byte
 * @param damage what is not as the service leaves it, whatever happens to it; null when all is well
 */
record ChainEnd(
        Position last,
        @Nullable String file,
        String torn,
        @Nullable String damage) {

    private static final String NOTHING = "";

    static ChainEnd find(AuditFiles files, SecretKey key) throws IOException {
        List<String> names = files.names();
        Optional<Position> head;
        try {
            head = new Head(files, key).read();
        } catch (Head.Damaged e) {
            return damaged(lastOf(files, names, new Chain(key)), "the file head is not as it was written");
        }
        if (head.isPresent()) {
            return behind(files, names, head.get(), new Chain(key));
        }
        if (names.isEmpty()) {
            return new ChainEnd(Position.NONE, null, NOTHING, null);
        }
        // The very first start may have ended before it wrote a head.
        ChainEnd first = scan(files, names, Position.NONE, new Chain(key));
        return AuditFiles.number(names.getFirst()) == 1 && first.last.sequence() <= 1 && first.damage == null
                ? first
                : damaged(lastOf(files, names, new Chain(key)), "the file head is missing");
    }

    private static ChainEnd behind(AuditFiles files, List<String> names, Position head, Chain chain)
            throws IOException {
        if (!names.contains(head.file())) {
            return damaged(head, "the file " + head.file() + " is missing");
        }
        byte[] bytes = Files.readAllBytes(files.path(head.file()));
        byte[] end = ("\"hash\":\"" + head.hash() + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        int from = (int) head.length() - end.length;
        if (head.length() > bytes.length
                || from < 0
                || !Arrays.equals(bytes, from, (int) head.length(), end, 0, end.length)) {
            return damaged(head, "the end of the file " + head.file() + " was cut off or changed");
        }
        return scan(files, names, head, chain);
    }

    /** From a position on, through the file it is in and those behind. */
    private static ChainEnd scan(AuditFiles files, List<String> names, Position from, Chain chain) throws IOException {
        Position last = from;
        String current = null;
        String rest = NOTHING;
        for (String name : names) {
            if (!from.file().isEmpty() && AuditFiles.number(name) < AuditFiles.number(from.file())) {
                continue;
            }
            if (!rest.isEmpty()) {
                return damaged(last, "there is something behind the last line of " + current);
            }
            FileScan file = new FileScan(chain, name, Files.readAllBytes(files.path(name)), last);
            while (file.next() != null) {
                last = file.last();
            }
            current = name;
            rest = new String(file.rest(), StandardCharsets.ISO_8859_1);
        }
        // A crash leaves the beginning of one line at most.
        return rest.contains("\n")
                ? damaged(last, "there are lines behind the last that the service wrote")
                : new ChainEnd(last, current, rest, null);
    }

    /** Of the last file by itself, as far as its lines fit to its first. */
    private static Position lastOf(AuditFiles files, List<String> names, Chain chain) throws IOException {
        if (names.isEmpty()) {
            return Position.NONE;
        }
        String name = names.getLast();
        byte[] bytes = Files.readAllBytes(files.path(name));
        AuditLine.Read first = new FileScan(chain, name, bytes, Position.NONE).unchecked();
        if (first == null || first.previous() == null) {
            return new Position(0, Chain.GENESIS, name, 0);
        }
        FileScan file = new FileScan(chain, name, bytes, new Position(first.sequence() - 1, first.previous(), "", 0));
        while (file.next() != null) {
            // on to the last that fits
        }
        return file.last();
    }

    /** Goes on in a new file, behind the last line that is known: what is missing stays missing there. */
    private static ChainEnd damaged(Position last, String damage) {
        return new ChainEnd(last, null, NOTHING, damage);
    }
}
