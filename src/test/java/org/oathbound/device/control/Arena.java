package org.oathbound.device.control;

import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Killed;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.StoredSettings;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

/**
 * What is fought over: Jane, who has an app and place for one device more, John, a fob that they may have, and a spare one.
 */
final class Arena {

    static final int LIMIT = 2;

    /** How the fob stands when a round begins. */
    enum State {
        STOCK,
        WAITING,
        ACTIVE,
        REVOKED,
        /** Six minutes ago something was cut off: pairing it with Jane, or taking it from her. */
        LEFT
    }

    private static final Duration LONG_AGO = Duration.ofMinutes(6);

    final WholeDirectory directory = Directories.fresh();
    final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private final Seals seals;
    private final DevicesFixture parts;
    private int round;

    Arena(Seals seals) {
        this.seals = seals;
        this.parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        new StoredSettings(directory, parts.settings, Clock.systemUTC())
                .replaceMfa(
                        environment,
                        Json.createObjectBuilder()
                                .add("pairing", Json.createObjectBuilder().add("maxAllowedDevices", LIMIT))
                                .build());
    }

    /** A server of its own on the same directory. */
    DevicesFixture server(java.util.function.Consumer<SteppedDirectory.Step> before) {
        return new DevicesFixture(new SteppedDirectory(directory, before), seals, Clock.systemUTC());
    }

    /** The people and fobs of one round. */
    record Round(
            Environment environment, UUID jane, UUID john, SerialNumber fob, SerialNumber spare, List<UUID> devices) {

        TokenId token() {
            return TokenId.of(environment.id(), fob);
        }
    }

    Round begin(State state, Random random) {
        return begin(state, random, random.nextBoolean());
    }

    /** @param shared whether John has the fob, too */
    Round begin(State state, Random random, boolean shared) {
        round++;
        SerialNumber fob = new SerialNumber("F" + round);
        SerialNumber spare = new SerialNumber("S" + round);
        parts.fob(environment, fob.value());
        parts.fob(environment, spare.value());
        UUID jane = parts.person(environment, "jane" + round).id();
        UUID john = parts.person(environment, "john" + round).id();
        pair(parts, jane, new NewDevice(new App(), Status.ACTIVATION_REQUIRED, null, null));
        if (shared && state != State.STOCK) {
            pair(parts, john, new NewDevice(new Fob(fob), Status.ACTIVE, null, null));
        }
        switch (state) {
            case STOCK -> {}
            case WAITING -> pair(parts, jane, new NewDevice(new Fob(fob), Status.ACTIVATION_REQUIRED, null, null));
            case ACTIVE -> pair(parts, jane, new NewDevice(new Fob(fob), Status.ACTIVE, null, null));
            case REVOKED -> parts.tokens.revoke(environment, TokenId.of(environment.id(), fob));
            case LEFT -> leave(jane, fob, random);
        }
        return new Round(environment, jane, john, fob, spare, devicesOf(jane));
    }

    private void leave(UUID jane, SerialNumber fob, Random random) {
        Clock then = Clock.offset(Clock.systemUTC(), LONG_AGO.negated());
        boolean unpairing = random.nextBoolean();
        WholeDirectory cut = new SteppedDirectory(directory, Killed.afterWrites(1 + random.nextInt(2)));
        DevicesFixture former = new DevicesFixture(unpairing ? directory : cut, seals, then);
        try {
            PairedDevice paired = pair(former, jane, new NewDevice(new Fob(fob), Status.ACTIVE, null, null));
            new DevicesFixture(cut, seals, then)
                    .unpairing.unpair(
                            environment,
                            jane,
                            paired.device().id(),
                            paired.device().token());
            throw new AssertionError("was to be cut off");
        } catch (Killed killed) {
            // As intended.
        }
    }

    private PairedDevice pair(DevicesFixture server, UUID person, NewDevice device) {
        return server.pairing.pair(environment, person, device).device();
    }

    /** What somebody reads who is not disturbed. */
    List<UUID> devicesOf(UUID person) {
        return parts.enrolments.find(environment, person).stream()
                .flatMap(enrolment -> parts.devices.list(environment, enrolment).stream())
                .map(paired -> paired.device().id())
                .toList();
    }

    Agreement agreement() {
        return new Agreement(directory, parts.pairings, environment);
    }

    /** As at a start, when nobody can be at work. */
    int sweep() {
        parts.persons.sweep(environment, Duration.ZERO, new UnreadableEntries());
        return parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries());
    }

    /** Clears the place for the next round. */
    void end(Round round) {
        for (UUID person : List.of(round.jane(), round.john())) {
            if (parts.persons.find(environment, person).isPresent()) {
                parts.persons.delete(environment, person);
            }
        }
        parts.tokens.revoke(environment, round.token());
        parts.tokens.revoke(environment, TokenId.of(environment.id(), round.spare()));
    }
}
