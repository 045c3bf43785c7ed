package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.KeyEntries.Start;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TemporaryCodes;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

/** Tokens that are made for one device, paired from the start: of an authenticator app, and of temporary codes. */
@ApplicationScoped
public class PersonalTokens {

    /** What every authenticator app understands. */
    private static final HashAlgorithm APP_ALGORITHM = HashAlgorithm.SHA_1;

    private static final int APP_DIGITS = 6;
    private static final int APP_TIME_STEP = 30;

    /** As many as SHA-1 has: RFC 4226 section 4, R6, recommends it. */
    private static final int SECRET_BYTES = 20;

    private final Directory directory;
    private final TokenLifecycle lifecycle;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public PersonalTokens(Directory directory, TokenLifecycle lifecycle, Clock clock) {
        this.directory = directory;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    /** The id of the token that is made for a device. */
    public static TokenId idFor(Environment environment, UUID device) {
        return TokenId.of(environment.id(), serialNumber(device));
    }

    /** Makes the token of an authenticator app: SHA-1, 6 digits, 30 seconds. Its secret is shown this once. */
    public SharedSecret createForApp(Environment environment, Pairing pairing) {
        SharedSecret secret = secret();
        createForApp(
                environment, pairing, new AppSecret(secret, APP_ALGORITHM, APP_DIGITS, new TimeStep(APP_TIME_STEP)));
        return secret;
    }

    /** Makes the token of an authenticator app that has its secret already. */
    public void createForApp(Environment environment, Pairing pairing, AppSecret app) {
        NewToken token = token(pairing, app.secret(), app.algorithm(), app.digits(), app.timeStep());
        Start start = lifecycle.claim(environment, token, null);
        add(environment, () -> begin(environment, token, Use.APP, start, pairing));
        try {
            lifecycle.requireOwner(environment, idFor(environment, pairing.device()), start);
        } catch (Problem.InvalidData e) {
            directory.delete(TokenEntry.dn(environment, idFor(environment, pairing.device())));
            throw e;
        }
    }

    /**
     * Makes a temporary token. Its codes are shown this once; no two of them are the same.
     *
     * @param count how many codes, from 1 to {@link TemporaryCodes#MAX}
     */
    public List<Passcode> createTemporary(Environment environment, Pairing pairing, int count, Instant validUntil) {
        SharedSecret secret = secret();
        List<Passcode> codes = codes(secret, count);
        while (codes.stream().map(Passcode::text).distinct().count() < count) {
            secret = secret();
            codes = codes(secret, count);
        }
        NewToken token = token(pairing, secret, HashAlgorithm.SHA_1, TemporaryCodes.DIGITS, new Counter(0));
        NavigableSet<Long> unused =
                new TreeSet<>(LongStream.range(0, count).boxed().toList());
        add(environment, () -> {
            Entry entry = begin(environment, token, Use.TEMPORARY, Start.NEVER_AGAIN, pairing);
            Attributes.put(entry, Schema.UNUSED, unused);
            Attributes.put(entry, Schema.EXPIRES_AT, validUntil);
            return entry;
        });
        return codes;
    }

    /** Whether a token has this secret; no for one that is not there. {@link Problem.Corrupt} when it does not open. */
    public boolean hasSecret(Environment environment, TokenId token, SharedSecret secret) {
        DN dn = TokenEntry.dn(environment, token);
        return directory
                .read(dn)
                .filter(entry -> !TokenEntry.isRevoked(entry))
                .map(entry -> lifecycle.secret(environment, dn, entry))
                .filter(secret::equals)
                .isPresent();
    }

    private Entry begin(Environment environment, NewToken token, Use use, Start start, Pairing pairing) {
        DN dn = TokenEntry.dn(environment, TokenId.of(environment.id(), token.serialNumber()));
        Entry entry = lifecycle.begin(environment, dn, token, null, start, null, GeneralizedTime.now(clock));
        entry.addAttribute(Schema.TOKEN_USE, use.name());
        entry.addAttribute(Schema.PAIRING, TokenEntry.text(pairing));
        return entry;
    }

    private void add(Environment environment, Supplier<Entry> begun) {
        lifecycle.storing(() -> {
            Entry entry = begun.get();
            if (!directory.add(entry)) {
                throw new Problem.Corrupt(
                        "There is an entry " + entry.getDN() + " already, in " + environment.id() + ".");
            }
            return entry;
        });
    }

    private SharedSecret secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return SharedSecret.ofBytes(bytes);
    }

    private static List<Passcode> codes(SharedSecret secret, int count) {
        Hotp hotp = new Hotp(secret, HashAlgorithm.SHA_1, TemporaryCodes.DIGITS);
        return LongStream.range(0, count).mapToObj(hotp::generate).toList();
    }

    private static NewToken token(
            Pairing pairing, SharedSecret secret, HashAlgorithm algorithm, int digits, MovingFactor movingFactor) {
        return new NewToken(
                serialNumber(pairing.device()),
                secret,
                algorithm,
                digits,
                movingFactor,
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS);
    }

    /** No factory prints one like it, and none is shown. */
    private static SerialNumber serialNumber(UUID device) {
        return new SerialNumber(device.toString().replace("-", "").toUpperCase(Locale.ROOT));
    }

    /** Whether it is a token of temporary codes, which has a secret or had one. */
    public static boolean isTemporary(Entry token) {
        return Use.TEMPORARY.name().equals(token.getAttributeValue(Schema.TOKEN_USE));
    }
}
