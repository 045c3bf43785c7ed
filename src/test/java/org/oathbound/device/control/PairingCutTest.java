package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.device.control.Arena.Round;
import org.oathbound.device.control.Arena.State;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Killed;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;

@DisplayName("Whatever is killed before any of its writes leaves whole devices only, and nothing after the next start")
@Tag("slow")
class PairingCutTest {

    @TempDir
    private static Path keys;

    private Arena arena;

    @BeforeEach
    void start() {
        arena = new Arena(new Seals(KeySets.in(keys)));
    }

    /** What is done on a server. */
    interface Work {
        void on(DevicesFixture server, Round round);
    }

    /**
     * What is killed.
     *
     * @param writes so many it makes at least
     */
    record Victim(String name, State begins, Work before, Work work, int writes) {

        Victim(String name, State begins, Work work, int writes) {
            this(name, begins, (server, round) -> {}, work, writes);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Victim> victims() {
        Work replace = (server, round) -> pair(server, round, new Fob(round.spare()), waiting(), fobOf(server, round));
        return Stream.of(
                new Victim("pairing a fob", State.STOCK, PairingCutTest::pairFob, 3),
                new Victim("pairing a fob that was cut off before", State.LEFT, PairingCutTest::pairFob, 3),
                new Victim("pairing an app", State.STOCK, (server, round) -> pair(server, round, new App()), 3),
                new Victim("pairing codes", State.STOCK, (server, round) -> pair(server, round, codes()), 3),
                new Victim("unpairing", State.ACTIVE, PairingCutTest::unpair, 3),
                new Victim("activating", State.WAITING, PairingCutTest::activate, 3),
                new Victim("replacing", State.ACTIVE, replace, 4),
                new Victim(
                        "replacing at once",
                        State.ACTIVE,
                        (server, round) ->
                                pair(server, round, new Fob(round.spare()), Status.ACTIVE, fobOf(server, round)),
                        8),
                new Victim("activating what replaces", State.ACTIVE, replace, PairingCutTest::activateSpare, 6),
                new Victim(
                        "revoking",
                        State.ACTIVE,
                        (server, round) -> server.tokens.revoke(round.environment(), round.token()),
                        3),
                new Victim(
                        "deleting the person",
                        State.ACTIVE,
                        (server, round) -> server.persons.delete(round.environment(), round.jane()),
                        7),
                new Victim(
                        "sweeping",
                        State.LEFT,
                        (server, round) ->
                                server.sweep.sweep(round.environment(), Duration.ofMinutes(5), new UnreadableEntries()),
                        1));
    }

    @ParameterizedTest
    @MethodSource("victims")
    void is(Victim victim) {
        int writes = Math.max(writes(victim, false), writes(victim, true));
        assertThat(writes).as("writes").isGreaterThanOrEqualTo(victim.writes());
    }

    /** @param shared whether somebody else has the fob, too; one that is replaced is lost otherwise */
    private int writes(Victim victim, boolean shared) {
        int writes = 0;
        while (isKilled(victim, writes, shared)) {
            writes++;
        }
        return writes;
    }

    private boolean isKilled(Victim victim, int writes, boolean shared) {
        Round round = arena.begin(victim.begins(), new Random(writes), shared);
        DevicesFixture whole = arena.server(step -> {});
        victim.before().on(whole, round);
        boolean killed = false;
        try {
            victim.work().on(arena.server(Killed.afterWrites(writes)), round);
        } catch (Killed e) {
            killed = true;
        }
        arena.agreement().keepsRules(Arena.LIMIT);
        List<UUID> before = arena.devicesOf(round.jane());
        assertThat(before)
                .as("what is read")
                .containsExactlyInAnyOrderElementsOf(arena.agreement().wholeOf(round.jane()));
        arena.sweep();
        arena.agreement().isWhole();
        assertThat(arena.sweep()).as("left by the sweep").isZero();
        List<UUID> after = arena.devicesOf(round.jane());
        assertThat(before).containsAll(after);
        canBeDoneAgain(whole, round);
        arena.end(round);
        return killed;
    }

    /** Both fobs can be paired, and a code of the one is good. */
    private static void canBeDoneAgain(DevicesFixture server, Round round) {
        UUID owner = server.persons.find(round.environment(), round.jane()).isPresent() ? round.jane() : round.john();
        for (PairedDevice paired : server.devices.list(round.environment(), owner)) {
            server.unpairing.unpair(
                    round.environment(),
                    owner,
                    paired.device().id(),
                    paired.device().token());
        }
        if (server.tokens.find(round.environment(), round.token()).isEmpty()) {
            TokensFixture.create(server.tokens, round.environment(), round.fob().value());
        }
        server.lostTokens.recover(round.environment(), round.token());
        server.pairing.pair(
                round.environment(), owner, new NewDevice(new Fob(round.spare()), Status.ACTIVE, null, null));
        UUID device = server.pairing
                .pair(round.environment(), owner, new NewDevice(new Fob(round.fob()), Status.ACTIVE, null, null))
                .device()
                .device()
                .id();
        Passcode next = next(server, round, owner, device);
        assertThat(server.verify(round.environment(), owner, device, next, Purpose.SIGN_ON))
                .isInstanceOf(Accepted.class);
    }

    private static void pairFob(DevicesFixture server, Round round) {
        pair(server, round, new Fob(round.fob()));
    }

    private static void pair(DevicesFixture server, Round round, Kind kind) {
        pair(server, round, kind, Status.ACTIVE, null);
    }

    private static void pair(DevicesFixture server, Round round, Kind kind, Status status, @Nullable UUID replaces) {
        server.pairing.pair(round.environment(), round.jane(), new NewDevice(kind, status, null, replaces));
    }

    private static Temporary codes() {
        return new Temporary(3, Instant.now().plusSeconds(60));
    }

    private static Status waiting() {
        return Status.ACTIVATION_REQUIRED;
    }

    private static UUID fobOf(DevicesFixture server, Round round) {
        return deviceOf(server, round, round.fob());
    }

    private static UUID deviceOf(DevicesFixture server, Round round, SerialNumber serialNumber) {
        TokenId token = TokenId.of(round.environment().id(), serialNumber);
        return server.devices.list(round.environment(), round.jane()).stream()
                .map(PairedDevice::device)
                .filter(device -> device.token().equals(token))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void unpair(DevicesFixture server, Round round) {
        server.unpairing.unpair(round.environment(), round.jane(), fobOf(server, round), round.token());
    }

    private static void activate(DevicesFixture server, Round round) {
        activate(server, round, fobOf(server, round));
    }

    private static void activateSpare(DevicesFixture server, Round round) {
        UUID device = deviceOf(server, round, round.spare());
        activate(server, round, device);
    }

    private static void activate(DevicesFixture server, Round round, UUID device) {
        Passcode next = next(server, round, round.jane(), device);
        server.verification.activate(round.environment(), round.jane(), device, next, false);
    }

    /** The code that the device shows next. */
    private static Passcode next(DevicesFixture server, Round round, UUID owner, UUID device) {
        HotpToken token = (HotpToken)
                server.devices.get(round.environment(), owner, device).token();
        return Secrets.code(token.metadata().serialNumber().value(), token.nextCounter());
    }
}
