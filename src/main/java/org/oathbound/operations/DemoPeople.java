package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.environment.Environment;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.NewPerson;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

/** The people of the demo: one for each kind of device, and one whose fob waits to be activated. */
@ApplicationScoped
class DemoPeople {

    private static final int IN_STOCK = 3;
    private static final int TEMPORARY_CODES = 5;
    private static final Duration TEMPORARY_LASTS = Duration.ofDays(7);
    private static final NewToken.Label LABEL = new NewToken.Label(null, "Oathbound", "Demo", null);

    private final Persons persons;
    private final Tokens tokens;
    private final DevicePairing pairing;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    DemoPeople(Persons persons, Tokens tokens, DevicePairing pairing, Clock clock) {
        this.persons = persons;
        this.tokens = tokens;
        this.pairing = pairing;
        this.clock = clock;
    }

    /** Creates them, and tells how to get their codes. */
    void create(Environment environment, DemoText text) {
        fob(environment, "alice", hotp(environment, 6), Status.ACTIVE, text);
        fob(environment, "bob", totp(environment), Status.ACTIVE, text);
        app(environment, "carol", text);
        fob(environment, "dave", hotp(environment, 8), Status.ACTIVATION_REQUIRED, text);
        temporary(environment, "erin", text);
        for (int i = 0; i < IN_STOCK; i++) {
            text.inStock(create(environment, hotp(environment, 6)));
        }
    }

    private void fob(Environment environment, String name, NewToken token, Status status, DemoText text) {
        create(environment, token);
        Paired paired = pair(environment, name, new Fob(token.serialNumber()), status);
        if (status == Status.ACTIVE) {
            text.fob(name, paired.device(), token);
        } else {
            text.waitingFob(name, paired.device(), token);
        }
    }

    private void app(Environment environment, String name, DemoText text) {
        Paired paired = pair(environment, name, new App(), Status.ACTIVE);
        text.app(name, paired.device(), Objects.requireNonNull(paired.secret()));
    }

    private void temporary(Environment environment, String name, DemoText text) {
        Instant validUntil = clock.instant().plus(TEMPORARY_LASTS).truncatedTo(ChronoUnit.SECONDS);
        Paired paired = pair(environment, name, new Temporary(TEMPORARY_CODES, validUntil), Status.ACTIVE);
        text.temporary(name, paired.device(), paired.codes(), validUntil);
    }

    private Paired pair(Environment environment, String name, Kind kind, Status status) {
        String given = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Profile profile = new Profile(new Username(name), name + "@example.com", given, "Demo");
        Person person = persons.create(environment, new NewPerson(profile, null, null));
        return pairing.pair(environment, person.id(), new NewDevice(kind, status, null, null));
    }

    private NewToken create(Environment environment, NewToken token) {
        tokens.create(environment, token);
        return token;
    }

    private NewToken hotp(Environment environment, int digits) {
        return token(environment, HashAlgorithm.SHA_1, 20, digits, new Counter(0));
    }

    private NewToken totp(Environment environment) {
        return token(environment, HashAlgorithm.SHA_256, 32, 6, new TimeStep(30));
    }

    private NewToken token(
            Environment environment, HashAlgorithm algorithm, int secretBytes, int digits, MovingFactor movingFactor) {
        byte[] secret = new byte[secretBytes];
        random.nextBytes(secret);
        return new NewToken(
                unused(environment),
                SharedSecret.ofBytes(secret),
                algorithm,
                digits,
                movingFactor,
                LABEL,
                Validity.ALWAYS);
    }

    /** The first that no token has: those of an earlier demo may be there still. */
    private SerialNumber unused(Environment environment) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> new SerialNumber(
                        "DEMO" + Integer.toString(10_000 + number).substring(1)))
                .filter(serialNumber -> tokens.find(environment, TokenId.of(environment.id(), serialNumber))
                        .isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
