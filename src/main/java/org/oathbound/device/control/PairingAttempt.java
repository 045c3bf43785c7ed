package org.oathbound.device.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.TokenId;

/** One attempt to pair, on its way through its steps. For one thread. */
final class PairingAttempt {

    private static final Duration STEPS_BEGIN_WITHIN = Duration.ofSeconds(30);

    private final Environment environment;
    private final UUID person;
    private final NewDevice wanted;
    private final @Nullable String mark;
    private final Instant begunAt;
    private final long begun = System.nanoTime();
    private final UUID id = UUID.randomUUID();
    private final TokenId token;
    private @Nullable SharedSecret secret;
    private List<Passcode> codes = List.of();
    private boolean blocking;
    private boolean blocked;

    /** @param mark of the job's row that it is done for; null for none */
    PairingAttempt(Environment environment, UUID person, NewDevice wanted, @Nullable String mark, Instant begunAt) {
        this.environment = environment;
        this.person = person;
        this.wanted = wanted;
        this.mark = mark;
        this.begunAt = begunAt;
        this.token = wanted.kind() instanceof Fob fob
                ? TokenId.of(environment.id(), fob.serialNumber())
                : PersonalTokens.idFor(environment, id);
    }

    Environment environment() {
        return environment;
    }

    UUID person() {
        return person;
    }

    NewDevice wanted() {
        return wanted;
    }

    @Nullable
    String mark() {
        return mark;
    }

    UUID id() {
        return id;
    }

    TokenId token() {
        return token;
    }

    Pairing pairing() {
        return new Pairing(person, id, begunAt);
    }

    Device device() {
        return new Device(
                id,
                person,
                token,
                wanted.kind().type(),
                wanted.status(),
                wanted.nickname(),
                wanted.blocked() ? begunAt : null,
                wanted.replaces(),
                begunAt,
                begunAt);
    }

    void shows(SharedSecret appSecret) {
        secret = appSecret;
    }

    void shows(List<Passcode> temporaryCodes) {
        codes = temporaryCodes;
    }

    Paired paired(PairedDevice device) {
        return new Paired(device, secret, codes);
    }

    /** Called before each step behind the first: an older pairing may be swept while it is still under way. */
    void checkTime() {
        if (System.nanoTime() - begun > STEPS_BEGIN_WITHIN.toNanos()) {
            throw new Problem.Unavailable("The directory is too slow to pair a device.", STEPS_BEGIN_WITHIN);
        }
    }

    /** Takes note of the enrolment that is about to be changed. */
    Enrolment committing(Enrolment before) {
        UUID old = wanted.replaces();
        blocking = old != null
                && before.listed(old).filter(listed -> !listed.replaced()).isPresent();
        return before;
    }

    /** Notes that the change was made. */
    void committed() {
        blocked = blocking;
    }

    /** Whether the commit blocked a device that was not before. */
    boolean hasBlocked() {
        return blocked;
    }
}
