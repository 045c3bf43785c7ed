package org.oathbound.token.control;

import java.time.Clock;
import java.util.function.Consumer;
import org.oathbound.Events;
import org.oathbound.audit.Audit;
import org.oathbound.audit.Heard;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Settings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Secrets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Validity;

/** The token component's beans as the container would wire them. */
public final class TokensFixture {

    private TokensFixture() {}

    static TokenLifecycle lifecycle(WholeDirectory directory, Seals seals, Audit audit, Clock clock) {
        return new TokenLifecycle(new KeyEntries(directory, seals, clock), seals, audit);
    }

    public static Pairings pairings(WholeDirectory directory, Seals seals, Clock clock) {
        return new Pairings(directory, directory, directory, new KeyEntries(directory, seals, clock));
    }

    public static TokenUpgrade upgrade(WholeDirectory directory, Seals seals, Clock clock) {
        return new TokenUpgrade(
                directory,
                directory,
                directory,
                new KeyEntries(directory, seals, clock),
                lifecycle(directory, seals, new Heard(), clock));
    }

    public static Tokens tokens(WholeDirectory directory, Seals seals) {
        return tokens(directory, seals, Clock.systemUTC(), revoked -> {});
    }

    public static Tokens tokens(WholeDirectory directory, Seals seals, Clock clock, Consumer<TokenRevoked> observer) {
        return tokens(directory, seals, new Heard(), clock, new Events<>(observer));
    }

    static Tokens tokens(
            WholeDirectory directory, Seals seals, Audit audit, Clock clock, Events<TokenRevoked> observers) {
        return new Tokens(
                directory,
                directory,
                lifecycle(directory, seals, audit, clock),
                revokedTokens(directory, seals, clock),
                clock,
                observers);
    }

    public static RevokedTokens revokedTokens(WholeDirectory directory, Seals seals, Clock clock) {
        return new RevokedTokens(directory, directory, directory, new KeyEntries(directory, seals, clock));
    }

    public static Verifier verifier(WholeDirectory directory, Seals seals, Clock clock) {
        return verifier(directory, seals, new CurrentSettings(directory), clock);
    }

    public static Verifier verifier(WholeDirectory directory, Seals seals, CurrentSettings settings, Clock clock) {
        return verifier(directory, seals, settings, new Heard(), clock);
    }

    /** One that tells this audit. */
    public static Verifier verifier(
            WholeDirectory directory, Seals seals, CurrentSettings settings, Audit audit, Clock clock) {
        return new Verifier(directory, lifecycle(directory, seals, audit, clock), settings, audit, clock);
    }

    /** One for which these settings are in force, whatever the environment's entry says. */
    static Verifier verifier(WholeDirectory directory, Seals seals, Clock clock, Settings inForce) {
        CurrentSettings settings = new CurrentSettings(directory) {
            @Override
            public Settings of(Environment environment) {
                return inForce;
            }
        };
        return verifier(directory, seals, settings, clock);
    }

    public static PersonalTokens personalTokens(WholeDirectory directory, Seals seals, Clock clock) {
        return new PersonalTokens(directory, lifecycle(directory, seals, new Heard(), clock), clock);
    }

    public static TokenSecrets tokenSecrets(WholeDirectory directory, Seals seals) {
        return new TokenSecrets(directory, directory, lifecycle(directory, seals, new Heard(), Clock.systemUTC()));
    }

    /** A token in stock: HOTP, at counter 0. */
    public static Token create(Tokens tokens, Environment environment, String serialNumber) {
        return tokens.create(
                environment,
                new NewToken(
                        new SerialNumber(serialNumber),
                        Secrets.of(serialNumber),
                        HashAlgorithm.SHA_1,
                        6,
                        new Counter(0),
                        new NewToken.Label(null, null, null, null),
                        Validity.ALWAYS));
    }
}
