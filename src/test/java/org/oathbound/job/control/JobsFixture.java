package org.oathbound.job.control;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.oathbound.audit.Audit;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokenInventory;
import org.oathbound.token.control.TokenLabels;

/** The job component's beans as the container would wire them. */
public final class JobsFixture {

    private JobsFixture() {}

    public static Jobs jobs(WholeDirectory directory, Seals seals, Executor background) {
        return jobs(directory, seals, new Heard(), background);
    }

    static Jobs jobs(WholeDirectory directory, Seals seals, Audit audit, Executor background) {
        JobResults results = new JobResults(directory);
        JobRunner runner = new JobRunner(
                directory,
                chunkWork(directory, seals, audit),
                results,
                deletion(directory, audit, Clock.systemUTC()),
                background,
                Clock.systemUTC());
        return new Jobs(directory, directory, seals, runner, results, Clock.systemUTC());
    }

    static JobDeletion deletion(WholeDirectory directory, Audit audit, Clock clock) {
        return new JobDeletion(directory, directory, directory, audit, clock, Duration.ofDays(30));
    }

    static ChunkWork chunkWork(WholeDirectory directory, Seals seals) {
        return chunkWork(directory, seals, new Heard());
    }

    private static ChunkWork chunkWork(WholeDirectory directory, Seals seals, Audit audit) {
        DevicesFixture parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        PairRow rows = new PairRow(parts.persons, roles(parts));
        return new ChunkWork(
                directory,
                directory,
                seals,
                createToken(parts, audit),
                new RevokeToken(parts.tokens, roles(parts), audit),
                new PairToken(rows, execution(parts, audit), parts.pairing, roles(parts)),
                new UnpairToken(rows, parts.enrolments, parts.devices, parts.unpairing, audit),
                new LabelToken(parts.tokens, new TokenLabels(directory), audit),
                new ChangeSelectedDevice(
                        parts.devices, parts.changes, parts.unpairing, parts.enrolments, roles(parts), audit),
                parts.tokens,
                parts.pairing,
                parts.enrolments,
                audit);
    }

    /** Makes selections rows. */
    public static SelectTokens selectTokens(WholeDirectory directory, Seals seals) {
        DevicesFixture parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        return new SelectTokens(new TokenInventory(directory, directory), parts.devices);
    }

    static CreateToken createToken(DevicesFixture parts) {
        return createToken(parts, new Heard());
    }

    private static CreateToken createToken(DevicesFixture parts, Audit audit) {
        return new CreateToken(
                execution(parts, audit), parts.tokens, parts.persons, roles(parts), parts.settings, Clock.systemUTC());
    }

    private static Execution execution(DevicesFixture parts, Audit audit) {
        return new Execution(parts.tokens, parts.enrolments, parts.pairing, roles(parts), audit);
    }

    private static RefuseRoleHolders roles(DevicesFixture parts) {
        return new RefuseRoleHolders(parts.enrolments, parts.holders, parts.pairings);
    }
}
