package org.oathbound.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditLine.Read;
import org.oathbound.sealing.KeySet;

/** Holds every line of an audit against its keyed hash, while the service runs or not; changes nothing. */
public final class Verification {

    private final AuditFiles files;
    private final Chain chain;
    private final Head head;
    private final @Nullable Known from;
    private final Set<String> removed = new HashSet<>();
    private Position last = Position.NONE;
    private byte[] rest = {};
    private boolean reached;
    private long lines;
    private int recovered;
    private int damages;

    private Verification(Path dataDirectory, KeySet keys, @Nullable Known from) {
        this.files = new AuditFiles(dataDirectory);
        this.chain = new Chain(keys.auditKey());
        this.head = new Head(files, keys.auditKey());
        this.from = from;
    }

    /** A line that is known from elsewhere. */
    public record Known(long sequence, String hash) {

        /** Reads {@code 4711:hash}; {@link IllegalArgumentException} for anything else. */
        public static Known parse(String text) {
            if (!text.matches("[0-9]{1,18}:" + Chain.HASH_PATTERN)) {
                throw new IllegalArgumentException("A line is given as its seq, a colon and its hash.");
            }
            int colon = text.indexOf(':');
            return new Known(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
        }
    }

    /**
     * Every line is as the service wrote it.
     *
     * @param sequence of the last line
     * @param hash of the last line
     * @param recovered how often the service went on after a crash
     * @param damages how often it found lines missing or changed, and said so
     * @param beginning whether a line has only begun: one is being written, or a crash has cut it
     */
    public record Report(
            long lines, int files, long sequence, String hash, int recovered, int damages, boolean beginning) {}

    /** The first place where a line is not as the service wrote it, or the end. */
    public static final class Fault extends Exception {
        Fault(String message) {
            super(message);
        }
    }

    /**
     * Reads it all.
     *
     * @param from begins there instead of at the first line
     * @throws Fault when it is not as the service wrote it
     */
    public static Report verify(Path dataDirectory, KeySet keys, @Nullable Known from) throws IOException, Fault {
        return new Verification(dataDirectory, keys, from).run();
    }

    private Report run() throws IOException, Fault {
        Position known = head(); // before the lines, which may become more meanwhile
        List<String> names = files.names();
        for (String name : names) {
            if (rest.length > 0) {
                throw new Fault(last.file() + ", at its end: there is something that is no line of the audit.");
            }
            FileScan file = begin(name, Files.readAllBytes(files.path(name)));
            if (file != null) {
                read(file, name, known);
            }
        }
        if (last.equals(Position.NONE)) {
            throw new Fault(from == null ? "There is no audit." : "The line to begin with is not there.");
        }
        checkEnd(known);
        checkBeginning(names.getFirst());
        return new Report(lines, names.size(), last.sequence(), last.hash(), recovered, damages, rest.length > 0);
    }

    private Position head() throws IOException, Fault {
        try {
            return head.read().orElseThrow(() -> new Fault("There is no file " + files.head() + "."));
        } catch (Head.Damaged e) {
            throw new Fault(files.head() + ": it is not as the service wrote it.");
        }
    }

    /** Null while the line to begin with is further on. */
    private @Nullable FileScan begin(String name, byte[] bytes) {
        if (!last.equals(Position.NONE)) {
            return new FileScan(chain, name, bytes, last);
        }
        FileScan file = new FileScan(chain, name, bytes, Position.NONE);
        if (from != null) {
            return file.seek(from.sequence(), from.hash()) ? file : null;
        }
        Read first = file.unchecked();
        String previous = first == null ? null : first.previous();
        // The files before may have gone in their time; whether they have stands further on.
        return first == null || previous == null || AuditFiles.number(name) == 1
                ? file
                : new FileScan(chain, name, bytes, new Position(first.sequence() - 1, previous, "", 0));
    }

    private void read(FileScan file, String name, Position known) throws Fault {
        reached |= isAt(file.last(), known);
        for (Read line = file.next(); line != null; line = file.next()) {
            reached |= isAt(file.last(), known);
            lines++;
            if (line.tellsOf(Action.AUDIT_REMOVED)) {
                removed.add(line.object());
            } else if (line.tellsOf(Action.AUDIT_RECOVERED)) {
                recovered += line.has(Outcome.SUCCESS) ? 1 : 0;
                damages += line.has(Outcome.SUCCESS) ? 0 : 1;
            }
        }
        if (file.hasLine()) {
            throw new Fault(name + ", line " + file.lineNumber() + ": " + misfit(file));
        }
        last = file.last();
        rest = file.rest();
    }

    private static boolean isAt(Position position, Position known) {
        return position.sequence() == known.sequence() && position.hash().equals(known.hash());
    }

    private static String misfit(FileScan file) {
        Read line = file.unchecked();
        long due = file.last().sequence() + 1;
        if (line == null) {
            return "this is no line of the audit, where seq " + due + " was due.";
        } else if (line.sequence() > due) {
            return "lines are missing before it: seq " + due + " was due, and this is seq " + line.sequence() + ".";
        } else if (line.sequence() < due) {
            return "it was put here, or is out of its place: seq " + due + " was due, and this is seq "
                    + line.sequence() + ".";
        }
        return "it was changed, or is none of the service's: seq " + due + ".";
    }

    private void checkEnd(Position known) throws Fault {
        boolean begunBehind = from != null && from.sequence() >= known.sequence();
        if (!reached && !begunBehind) {
            throw new Fault(last.file() + ", at its end: the end of the audit was cut off. The last line is seq "
                    + last.sequence() + ", and the service had written seq " + known.sequence() + ".");
        }
    }

    private void checkBeginning(String first) throws Fault {
        long number = AuditFiles.number(first);
        if (from == null && number > 1 && removed.stream().noneMatch(name -> AuditFiles.number(name) == number - 1)) {
            throw new Fault(first + ": the files before it are missing, and were not removed by the service.");
        }
    }
}
