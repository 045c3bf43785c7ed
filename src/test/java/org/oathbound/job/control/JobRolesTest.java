package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Result;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.SeedTokens;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("No job changes a person who holds a role, or a token that such a person has")
@Tag("slow")
class JobRolesTest {

    private static final Options USUAL = Options.of(128, false, false);
    private static final Options FORCED = Options.of(128, true, false);
    private static final Options PREVIEW = Options.of(128, false, true);

    @TempDir
    static Path data;

    private static Seals seals;

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private final Queue<Runnable> background = new ArrayDeque<>();
    private DevicesFixture parts;
    private Jobs jobs;
    private UUID admin;
    private UUID jane;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        jobs = JobsFixture.jobs(directory, seals, background::add);
        admin = parts.person(environment, "admin").id();
        jane = parts.person(environment, "jane").id();
        new RoleHolders(directory).set(environment, admin, Set.of(Role.AUDITOR));
    }

    private Result run(Job.Type type, Options options, JsonValue... rows) {
        return run(type, upload -> {
            List.of(rows).forEach(row -> upload.row(row, "rows"));
            return options;
        });
    }

    private Result run(Job.Type type, Jobs.Body body) {
        Job job = jobs.receive(environment, type, body);
        while (!background.isEmpty()) {
            background.remove().run();
        }
        return jobs.result(environment, job);
    }

    /** A fob that both have. */
    private String shared() {
        parts.fob(environment, "AB1");
        pair(jane, "AB1");
        pair(admin, "AB1");
        return id("AB1").toString();
    }

    private UUID pair(UUID person, String serialNumber) {
        NewDevice fob =
                new NewDevice(new NewDevice.Fob(new SerialNumber(serialNumber)), Device.Status.ACTIVE, null, null);
        return parts.pairing.pair(environment, person, fob).device().device().id();
    }

    private TokenId id(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private static JsonObject row(String serialNumber, String username) {
        return Json.createObjectBuilder()
                .add("serialNumber", serialNumber)
                .add("username", username)
                .build();
    }

    private static SeedRow seed(@Nullable String serialNumber, String owner) {
        JsonObjectBuilder token = Json.createObjectBuilder()
                .add("secret", "6EBD59F71A634C48C4619CD33F6C385C9237C9BA")
                .add("type", "TOTP")
                .add("otpLength", 6)
                .add("totp", Json.createObjectBuilder().add("timeStep", 30));
        if (serialNumber != null) {
            token.add("serialNumber", serialNumber);
        }
        return new SeedRow(
                1,
                serialNumber,
                List.of("cell"),
                SeedTokens.of(token.build()),
                new Owner(owner, Owner.Status.ACTIVE),
                List.of());
    }

    private static void hasOneFault(Result result, String target) {
        assertThat(result.faults())
                .extracting(Result.Fault::code, Result.Fault::target)
                .containsExactly(tuple("CONSTRAINT_VIOLATION", target));
    }

    @Test
    void notByRevokingWhatSuchAPersonHas() {
        String token = shared();

        Result result = run(Job.Type.REVOKE_OATH_TOKENS, FORCED, Json.createValue(token));

        hasOneFault(result, "tokenIds");
        assertThat(result.succeeded()).isZero();
        assertThat(parts.tokens.find(environment, id("AB1"))).isPresent();
    }

    @Test
    void andWithoutForceItSaysOnlyThatTheTokenIsPaired() {
        String token = shared();

        Result result = run(Job.Type.REVOKE_OATH_TOKENS, USUAL, Json.createValue(token));

        assertThat(result.faults()).isEmpty();
        assertThat(result.paired()).containsExactly(UUID.fromString(token));
    }

    @Test
    void notByPairingItWithOnePersonMore() {
        parts.fob(environment, "AB1");
        pair(admin, "AB1");

        hasOneFault(run(Job.Type.PAIR_OATH_TOKENS, USUAL, row("AB1", "jane")), "serialNumber");
        assertThat(parts.devices.list(environment, jane)).isEmpty();
    }

    @Test
    void notByReplacingIt() {
        shared();
        parts.fob(environment, "AB2");
        UUID old = parts.devices.list(environment, jane).getFirst().device().id();
        JsonObject replacing = Json.createObjectBuilder(row("AB2", "jane"))
                .add("replaces", Json.createObjectBuilder().add("id", old.toString()))
                .build();

        hasOneFault(run(Job.Type.PAIR_OATH_TOKENS, USUAL, replacing), "serialNumber");
    }

    @Test
    void butItIsTakenFromAnotherPerson() {
        shared();

        Result result = run(Job.Type.UNPAIR_OATH_TOKENS, USUAL, row("AB1", "jane"));

        assertThat(result.faults()).isEmpty();
        assertThat(parts.pairings.holders(environment, id("AB1"))).containsExactly(admin);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void notByASeedFileThatNamesSuchAPersonAsTheOwnerOfAFob(boolean preview) {
        Result result = run(Job.Type.CREATE_OATH_TOKENS, upload -> {
            upload.columns(List.of("serial"));
            upload.row(seed("S1", "admin"));
            return preview ? PREVIEW : USUAL;
        });

        hasOneFault(result, "username");
        assertThat(result.succeeded()).isEqualTo(1);
        assertThat(result.pairsCreated()).isZero();
        assertThat(parts.devices.list(environment, admin)).isEmpty();
    }

    @Test
    void norOfAnApp() {
        Result result = run(Job.Type.CREATE_OATH_TOKENS, upload -> {
            upload.columns(List.of("serial"));
            upload.row(seed(null, "admin"));
            return USUAL;
        });

        hasOneFault(result, "username");
        assertThat(parts.devices.list(environment, admin)).isEmpty();
    }
}
