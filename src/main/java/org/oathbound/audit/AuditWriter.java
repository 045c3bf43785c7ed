package org.oathbound.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;

/** Writes line behind line, and begins files. For one thread at a time. After an exception another takes its place. */
final class AuditWriter {

    private static final byte[] NOTHING = {};

    private final AuditFiles files;
    private final Chain chain;
    private final Clock clock;
    private Position last;
    private AuditFile file;

    /** Goes on where an earlier one ended. */
    AuditWriter(AuditFiles files, SecretKey key, Clock clock) throws IOException {
        this.files = files;
        this.chain = new Chain(key);
        this.clock = clock;
        files.makeFolder();
        ChainEnd end = ChainEnd.find(files, key);
        this.last = end.last();
        String name = end.file();
        this.file = name == null ? create() : AuditFile.open(files.path(name));
        try {
            if (name == null) {
                begin();
            }
            recover(end);
            if (file.length() == 0) {
                begin(); // it was made, and no line of it was written
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    Position last() {
        return last;
    }

    AuditFile file() {
        return file;
    }

    /** All of them by one write. */
    void append(List<RecordedEvent> all) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(400 * all.size());
        long sequence = last.sequence();
        String hash = last.hash();
        for (RecordedEvent recorded : all) {
            byte[] body =
                    new AuditLine(++sequence, recorded.at()).with(recorded).body();
            hash = chain.hash(hash, NOTHING, body);
            lines.writeBytes(AuditLine.closed(body, hash));
        }
        file.append(lines.toByteArray());
        last = new Position(sequence, hash, file.name(), file.length());
    }

    boolean isOfAnotherDay() {
        return !AuditFiles.day(file.name()).equals(AuditFiles.day(clock.instant()));
    }

    /** Ends the file, which is on disk then, and begins another. */
    void rollOver() throws IOException {
        file.sync();
        AuditFile old = file;
        file = create();
        old.close();
        begin();
        file.sync();
    }

    private AuditFile create() throws IOException {
        long number = Math.max(last.file().isEmpty() ? 0 : AuditFiles.number(last.file()), newest()) + 1;
        AuditFile created = AuditFile.create(files.path(AuditFiles.name(clock.instant(), number)));
        files.flush();
        return created;
    }

    private long newest() throws IOException {
        return files.names().stream().mapToLong(AuditFiles::number).max().orElse(0);
    }

    private void begin() throws IOException {
        String before = last.file();
        append(NOTHING, line -> line.with(
                        service(Action.AUDIT_FILE, Outcome.SUCCESS).object(file.name()), nobody())
                .with("previousFile", before.isEmpty() ? null : before)
                .with("previous", last.hash()));
    }

    private void recover(ChainEnd end) throws IOException {
        String damage = end.damage();
        byte[] torn = end.torn().getBytes(StandardCharsets.ISO_8859_1);
        if (torn.length > 0 || damage != null) {
            Outcome outcome = damage == null ? Outcome.SUCCESS : Outcome.FAILURE;
            String reason = damage == null ? "what a crash leaves of a line" : damage;
            append(torn, line -> line.with(
                            service(Action.AUDIT_RECOVERED, outcome)
                                    .object(file.name())
                                    .reason(reason),
                            nobody())
                    .with("torn", torn.length)
                    .with("previous", last.hash()));
        }
    }

    private void append(byte[] torn, UnaryOperator<AuditLine> members) throws IOException {
        Instant now = clock.instant();
        byte[] body = members.apply(new AuditLine(last.sequence() + 1, now)).body();
        String hash = chain.hash(last.hash(), torn, body);
        byte[] closed = AuditLine.closed(body, hash);
        file.append(torn.length > 0 ? behindNewline(closed) : closed);
        last = new Position(last.sequence() + 1, hash, file.name(), file.length());
    }

    private static byte[] behindNewline(byte[] line) {
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = '\n';
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    private static AuditEvent service(Action action, Outcome outcome) {
        return new AuditEvent(action, outcome);
    }

    private static AuditContext nobody() {
        return new AuditContext(null, AuditContext.SERVICE, null);
    }
}
