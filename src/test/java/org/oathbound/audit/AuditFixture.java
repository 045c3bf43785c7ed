package org.oathbound.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.audit.Verification.Fault;
import org.oathbound.audit.Verification.Report;
import org.oathbound.directory.DataDirectory;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.KeySets;

/** An audit in a folder of its own, which can end as a crash ends it, and be tampered with. */
public final class AuditFixture {

    private final Path data;
    private final KeySet keys;
    private final AuditSettings settings;
    private final Clock clock;
    private AuditTrail trail;

    public AuditFixture(Path data, Clock clock) {
        this(data, AuditSettings.DEFAULT, clock);
    }

    AuditFixture(Path data, AuditSettings settings, Clock clock) {
        this.data = data;
        this.settings = settings;
        this.clock = clock;
        this.keys = KeySets.in(data);
        this.trail = new AuditTrail(new DataDirectory(data), keys, settings, clock);
    }

    public AuditTrail trail() {
        return trail;
    }

    void record(String object) {
        trail.record(new AuditEvent(Action.USER_CREATE, Outcome.SUCCESS).object(object));
    }

    /** Ends it in order and opens it anew. */
    void restart() {
        trail.close();
        trail = new AuditTrail(new DataDirectory(data), keys, settings, clock);
    }

    Path folder() {
        return data.resolve("audit");
    }

    List<Path> files() {
        try {
            return new AuditFiles(data).names().stream().map(folder()::resolve).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return files().get(files().size() - 1);
    }

    /** All lines of all files. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            try {
                lines.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }

    public Report verify() throws Fault, IOException {
        return Verification.verify(data, keys, null);
    }

    Report verify(String from) throws Fault, IOException {
        return Verification.verify(data, keys, Verification.Known.parse(from));
    }
}
