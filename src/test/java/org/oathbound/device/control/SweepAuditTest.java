package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.audit.Heard;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Persons;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("What the service sweeps away is a line by the service")
@Tag("slow")
class SweepAuditTest {

    private final Heard heard = new Heard();
    private final WholeDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private Seals seals;
    private DevicesFixture parts;
    private UUID jane;

    @BeforeEach
    void start(@TempDir Path keys) {
        seals = new Seals(KeySets.in(keys));
        parts = parts(Duration.ZERO);
        jane = parts.person(environment, "jane").id();
        parts.fob(environment, "1");
    }

    private DevicesFixture parts(Duration later) {
        return new DevicesFixture(directory, seals, heard, Clock.offset(Clock.systemUTC(), later));
    }

    private UUID pair(Kind kind, Status status, @Nullable UUID replaces) {
        return parts.pairing
                .pair(environment, jane, new NewDevice(kind, status, null, replaces))
                .device()
                .device()
                .id();
    }

    private UUID pairFob() {
        return pair(new Fob(new SerialNumber("1")), Status.ACTIVE, null);
    }

    /** As the service does, in a thread where no request is under way. */
    private static void byItself(Runnable work) {
        CompletableFuture.runAsync(work, task -> new Thread(task).start()).join();
    }

    private void assertSwept(UUID... devices) {
        assertThat(heard.texts()).hasSize(devices.length).containsOnly("device.sweep success");
        assertThat(heard.told())
                .extracting(told -> told.event().object())
                .containsExactly(List.of(devices).stream().map(UUID::toString).toArray(String[]::new));
        assertThat(heard.told())
                .allMatch(told -> jane.equals(told.event().person()))
                .allMatch(told -> environment.id().equals(told.event().environment()))
                .allMatch(told -> told.context().actor().equals("service"));
    }

    @Test
    void aPairingThatNeverEnded() {
        UUID device = UUID.randomUUID();
        parts.pairings.begin(
                environment,
                TokenId.of(environment.id(), new SerialNumber("1")),
                new Pairing(jane, device, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        byItself(() -> parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertSwept(device);
    }

    @Test
    void aDeviceThatNoListNames() {
        UUID device = pairFob();
        parts.enrolments.change(environment, jane, enrolment -> enrolment.without(device));
        byItself(() -> parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertSwept(device);
    }

    @Test
    void aPlaceInAListWithoutADevice() {
        UUID device = pairFob();
        directory.delete(DeviceEntry.dn(environment, device));
        parts.pairings.end(environment, TokenId.of(environment.id(), new SerialNumber("1")), device);
        byItself(() -> parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertSwept(device);
    }

    @Test
    void anAppThatNobodyActivated() {
        UUID app = pair(new App(), Status.ACTIVATION_REQUIRED, null);
        byItself(() ->
                parts(Duration.ofHours(25)).sweep.sweep(environment, Duration.ofMinutes(5), new UnreadableEntries()));
        assertSwept(app);
    }

    /** Ids are random, and the sweep meets one or the other first. */
    @RepeatedTest(8)
    void aDeviceThatWasReplacedAndThatAStopHasLeft() {
        UUID old = pairFob();
        UUID app = pair(new App(), Status.ACTIVATION_REQUIRED, old);
        ReadOnlyEntry seen = directory.read(DeviceEntry.dn(environment, app)).orElseThrow();
        Entry active = seen.duplicate();
        active.setAttribute(Schema.DEVICE_STATUS, Status.ACTIVE.name());
        assertThat(directory.modifyIfUnchanged(seen, active)).isTrue();
        byItself(() -> parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertSwept(old);
    }

    @Test
    void aPersonWhoseDeletionWasCutOff() {
        pairFob();
        Persons cutOff = PersonsFixture.persons(directory, deleted -> {
            throw new Problem.Unavailable("Not now.", Duration.ofSeconds(1));
        });
        assertThatThrownBy(() -> cutOff.delete(environment, jane)).isInstanceOf(Problem.Unavailable.class);
        byItself(() -> parts.persons.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertThat(heard.texts()).containsExactly("user.sweep success");
        assertThat(heard.last().event().object()).isEqualTo(jane.toString());
        assertThat(heard.last().event().environment()).isEqualTo(environment.id());
    }

    @Test
    void aPersonWhoseEntryIsGone() {
        Person john = parts.person(environment, "john");
        directory.delete(john.identity());
        byItself(() -> parts.persons.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertThat(heard.texts()).containsExactly("user.sweep success");
        assertThat(heard.last().event().object()).isEqualTo(john.id().toString());
        assertThat(heard.last().context().actor()).isEqualTo("service");
    }

    @Test
    void andNothingIsSaidWhereAllIsWhole() {
        pairFob();
        pair(new App(), Status.ACTIVATION_REQUIRED, null);
        byItself(() -> parts.persons.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        byItself(() -> parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()));
        assertThat(heard.told()).isEmpty();
    }
}
