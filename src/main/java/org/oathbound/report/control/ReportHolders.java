package org.oathbound.report.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.Devices;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;
import org.oathbound.report.control.ReportLine.State;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.Token;

/** The holders of a token, and the state of each holder's device. */
@ApplicationScoped
class ReportHolders {

    private final Devices devices;
    private final Persons persons;

    @Inject
    ReportHolders(Devices devices, Persons persons) {
        this.devices = devices;
        this.persons = persons;
    }

    /** A holder of a token; in stock, without a person's id. */
    record Holder(
            State state,
            @Nullable UUID person,
            @Nullable String username,
            @Nullable UUID device,
            @Nullable Instant passwordLockedUntil) {}

    /** All holders of the token; where there are none, one entry for the stock. */
    List<Holder> of(Environment environment, StoredToken read, Instant now) {
        List<Holder> holders = read.token().metadata().pairings().stream()
                .flatMap(pairing -> holder(environment, read, pairing, now).stream())
                .toList();
        return holders.isEmpty() ? List.of(new Holder(inStock(read.token()), null, null, null, null)) : holders;
    }

    /**
     * The owner of a device.
     *
     * @param username the person's user name; null for a person who is deleted or can't be read
     * @param passwordLockedUntil until when wrong passwords lock the person; null when they do not
     */
    record Whereabouts(
            @Nullable String username,
            boolean isGone,
            @Nullable Instant passwordLockedUntil) {

        /** The state to report for the person's device, given the device's own state. */
        State state(State device) {
            return isGone && device != State.UNREADABLE && device != State.LOST ? State.GONE : device;
        }
    }

    Whereabouts whereabouts(Environment environment, UUID person, Instant now) {
        try {
            return persons.find(environment, person)
                    .map(found -> new Whereabouts(found.username().value(), false, passwordLockedUntil(found, now)))
                    .orElse(new Whereabouts(null, true, null));
        } catch (Problem.Corrupt e) {
            return new Whereabouts(null, false, null);
        }
    }

    private static @Nullable Instant passwordLockedUntil(Person person, Instant now) {
        Instant until = person.enrolment().passwordLockedUntil();
        return until != null && now.isBefore(until) ? until : null;
    }

    private static State inStock(Token token) {
        return isLost(token) ? State.LOST : State.STOCK;
    }

    private static boolean isLost(Token token) {
        return token.metadata().lostAt() != null;
    }

    static State state(PairedDevice device, Instant now) {
        if (isLost(device.token())) {
            return State.LOST;
        }
        if (device.isBlocked()) {
            return State.BLOCKED;
        }
        if (device.isLocked(now)) {
            return State.LOCKED;
        }
        return device.device().status() == Device.Status.ACTIVE ? State.ACTIVE : State.ACTIVATION_REQUIRED;
    }

    static @Nullable Instant lockedUntil(Token token, Instant now) {
        boolean forAWhile =
                token.failureState().isLocked(now) && !token.failureState().isLockedForGood();
        return forAWhile ? token.failureState().lockedUntil() : null;
    }

    /** Empty while the pairing is begun and not committed. */
    private Optional<Holder> holder(Environment environment, StoredToken read, Pairing pairing, Instant now) {
        return state(environment, read, pairing, now).map(state -> {
            Whereabouts person = whereabouts(environment, pairing.person(), now);
            return new Holder(
                    person.state(state),
                    pairing.person(),
                    person.username(),
                    pairing.device(),
                    person.passwordLockedUntil());
        });
    }

    private Optional<State> state(Environment environment, StoredToken read, Pairing pairing, Instant now) {
        try {
            return devices.find(environment, read, pairing).map(device -> state(device, now));
        } catch (Problem.Corrupt e) {
            return Optional.of(State.UNREADABLE);
        }
    }
}
