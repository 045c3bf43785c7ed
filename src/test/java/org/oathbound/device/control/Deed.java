package org.oathbound.device.control;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.Arena.Round;
import org.oathbound.device.control.Arena.State;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Killed;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.otp.Secrets;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Verdict.Accepted;

/** What one of two at work does, on a server of its own. What needs Jane's device waits a while for one. */
enum Deed {
    PAIR,
    UNPAIR,
    REVOKE,
    CREATE,
    DELETE_PERSON,
    ACTIVATE,
    REPLACE,
    SWEEP;

    private static final int TRIES = 12;

    /** Where it finds something to do. */
    Set<State> begins() {
        return switch (this) {
            case PAIR -> Set.of(State.STOCK, State.ACTIVE, State.LEFT);
            case UNPAIR, REPLACE -> Set.of(State.WAITING, State.ACTIVE);
            case REVOKE, DELETE_PERSON -> Set.of(State.STOCK, State.WAITING, State.ACTIVE, State.LEFT);
            case CREATE -> Set.of(State.REVOKED, State.WAITING);
            case ACTIVATE -> Set.of(State.WAITING);
            case SWEEP -> Set.of(State.LEFT, State.WAITING, State.ACTIVE);
        };
    }

    /** Whether it can take away a device that somebody has. */
    boolean takes() {
        return this != PAIR && this != CREATE && this != SWEEP;
    }

    /** What became of it. */
    enum Result {
        DONE,
        /** It can't be done, and nothing was changed. */
        REFUSED,
        /** Nothing is said about what was changed. */
        UNKNOWN,
        KILLED
    }

    /**
     * What it was told.
     *
     * @param about Jane's device that came, went, or was activated
     */
    record Told(Result result, @Nullable UUID about) {}

    Told does(Round round, DevicesFixture server, Random random) {
        try {
            return switch (this) {
                case PAIR -> pairs(round, server, random);
                case UNPAIR -> unpairs(round, server);
                case REVOKE -> told(server.tokens.revoke(round.environment(), round.token()), null);
                case CREATE -> creates(round, server);
                case DELETE_PERSON -> deletes(round, server);
                case ACTIVATE -> activates(round, server, random);
                case REPLACE -> replaces(round, server, random);
                case SWEEP -> sweeps(round, server);
            };
        } catch (Killed killed) {
            return new Told(Result.KILLED, null);
        } catch (Problem.Unavailable unknown) {
            return new Told(Result.UNKNOWN, null);
        } catch (Problem.NotFound | Problem.InvalidData | Problem.RequestFailed refused) {
            return new Told(Result.REFUSED, null);
        }
    }

    private static Told told(boolean done, @Nullable UUID about) {
        return new Told(done ? Result.DONE : Result.REFUSED, about);
    }

    /** Most often the same fob with the same person; else another for the same place, or the same fob with another. */
    private static Told pairs(Round round, DevicesFixture server, Random random) {
        int which = random.nextInt(10);
        boolean johns = which == 9;
        NewDevice.Kind kind = which == 8 ? new App() : new Fob(which > 5 && which < 8 ? round.spare() : round.fob());
        NewDevice device = new NewDevice(kind, status(random), null, null);
        Told told = came(server, round, johns ? round.john() : round.jane(), device);
        return johns ? new Told(told.result(), null) : told;
    }

    private static Told replaces(Round round, DevicesFixture server, Random random) {
        PairedDevice old = found(round, server).orElse(null);
        return old == null
                ? told(false, null)
                : came(
                        server,
                        round,
                        round.jane(),
                        new NewDevice(
                                new Fob(round.spare()),
                                status(random),
                                null,
                                old.device().id()));
    }

    private static Told came(DevicesFixture server, Round round, UUID person, NewDevice device) {
        return told(
                true,
                server.pairing
                        .pair(round.environment(), person, device)
                        .device()
                        .device()
                        .id());
    }

    private static Status status(Random random) {
        return random.nextBoolean() ? Status.ACTIVE : Status.ACTIVATION_REQUIRED;
    }

    private static Told unpairs(Round round, DevicesFixture server) {
        PairedDevice device = found(round, server).orElse(null);
        if (device == null) {
            return told(false, null);
        }
        server.unpairing.unpair(
                round.environment(), round.jane(), device.device().id(), round.token());
        return told(true, device.device().id());
    }

    private static Told creates(Round round, DevicesFixture server) {
        for (int tries = 1; tries < TRIES; tries++) {
            if (server.tokens.find(round.environment(), round.token()).isEmpty()) {
                break;
            }
        }
        TokensFixture.create(server.tokens, round.environment(), round.fob().value());
        return told(true, null);
    }

    private static Told deletes(Round round, DevicesFixture server) {
        server.persons.delete(round.environment(), round.jane());
        return told(true, null);
    }

    private static Told activates(Round round, DevicesFixture server, Random random) {
        PairedDevice device = found(round, server).orElse(null);
        if (device == null) {
            return told(false, null);
        }
        UUID id = device.device().id();
        long next = ((HotpToken) device.token()).nextCounter();
        boolean activated = server.verification.activate(
                        round.environment(),
                        round.jane(),
                        id,
                        Secrets.code(round.fob().value(), next + random.nextInt(2)),
                        random.nextBoolean())
                instanceof Accepted;
        return told(activated, activated ? id : null);
    }

    private static Told sweeps(Round round, DevicesFixture server) {
        Duration olderThan = Duration.ofMinutes(5);
        server.persons.sweep(round.environment(), olderThan, new UnreadableEntries());
        server.sweep.sweep(round.environment(), olderThan, new UnreadableEntries());
        return told(true, null);
    }

    private static Optional<PairedDevice> found(Round round, DevicesFixture server) {
        for (int tries = 1; tries < TRIES; tries++) {
            Optional<PairedDevice> found = server.devices.list(round.environment(), round.jane()).stream()
                    .filter(paired -> paired.device().token().equals(round.token()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
