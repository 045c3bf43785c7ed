package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("A preview of pairs says what pairing and unpairing would come to, and changes nothing")
@Tag("slow")
class PreviewedPairsTest {

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private final Queue<Runnable> background = new ArrayDeque<>();
    private DevicesFixture parts;
    private Jobs jobs;
    private UUID jane;

    @BeforeEach
    void start(@TempDir Path data) {
        Seals seals = new Seals(KeySets.in(data));
        parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        jobs = JobsFixture.jobs(directory, seals, background::add);
        jane = parts.person(environment, "jane").id();
        for (String serialNumber : List.of("FREE", "HERS", "LOST")) {
            parts.fob(environment, serialNumber);
        }
        NewDevice hers = new NewDevice(new NewDevice.Fob(new SerialNumber("HERS")), Device.Status.ACTIVE, null, null);
        parts.pairing.pair(environment, jane, hers);
        parts.lostTokens.lose(environment, TokenId.of(environment.id(), new SerialNumber("LOST")));
        UUID admin = parts.person(environment, "admin").id();
        new RoleHolders(directory).set(environment, admin, Set.of(Role.AUDITOR));
    }

    private List<RowReport> preview(Job.Type type, JsonObject... rows) {
        Job job = jobs.receive(environment, type, upload -> {
            List.of(rows).forEach(row -> upload.row(row, "pairs"));
            return Job.Options.of(128, false, true);
        });
        background.remove().run();
        List<RowReport> lines = new ArrayList<>();
        jobs.forEachLine(environment, job, lines::add);
        assertThat(parts.devices.list(environment, jane)).hasSize(1);
        return lines;
    }

    private static JsonObject row(String serialNumber, String username) {
        return Json.createObjectBuilder()
                .add("serialNumber", serialNumber)
                .add("username", username)
                .build();
    }

    @Test
    void ofPairing() {
        assertThat(preview(
                        Job.Type.PAIR_OATH_TOKENS,
                        row("FREE", "jane"),
                        row("HERS", "jane"),
                        row("LOST", "jane"),
                        row("NONE", "jane"),
                        row("FREE", "admin")))
                .extracting(RowReport::rowNumber, RowReport::outcome)
                .containsExactly(
                        tuple(1, Outcome.PAIR),
                        tuple(2, Outcome.FAULTY),
                        tuple(3, Outcome.FAULTY),
                        tuple(4, Outcome.FAULTY),
                        tuple(5, Outcome.FAULTY));
    }

    @Test
    void ofUnpairing() {
        assertThat(preview(Job.Type.UNPAIR_OATH_TOKENS, row("HERS", "jane"), row("FREE", "jane")))
                .extracting(RowReport::outcome)
                .containsExactly(Outcome.UNPAIR, Outcome.FAULTY);
    }
}
