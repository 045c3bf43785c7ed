package org.oathbound.oauth.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.sealing.KeyFact;
import org.oathbound.sealing.KeyFact.Purpose;
import org.oathbound.sealing.KeyFact.Use;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.SealingRotation;

/**
 * Exchanges the key that signs access tokens. The new one is published first, and signs when outside verifiers had the time to
 * fetch it; the old one verifies until the last access token that it signed has expired. When, stands on the keys themselves.
 */
@ApplicationScoped
public class SigningRotation {

    /** For clocks that don't agree. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final Logger LOG = System.getLogger(SigningRotation.class.getName());

    private final KeySet keys;
    private final SealingRotation others;
    private final Duration publishedBefore;
    private final Clock clock;

    /** @param publishedBefore how long outside verifiers may keep what they have fetched */
    @Inject
    public SigningRotation(
            KeySet keys,
            SealingRotation others,
            @ConfigProperty(name = "oathbound.keys.publish-before", defaultValue = "PT5M") Duration publishedBefore,
            Clock clock) {
        this.keys = keys;
        this.others = others;
        this.publishedBefore = publishedBefore;
        this.clock = clock;
    }

    /**
     * Begins a rotation: with a key of our making, or, where the keys are not ours to write, with what stands there now.
     *
     * @param stolen whether the old keys are dropped at once, and with them every access token that they have signed
     * @return the {@code kid} of the newest key
     */
    public String begin(boolean stolen) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // as keys say it
        Instant signsFrom = now.plus(publishedBefore);
        if (!keys.isOurs()) {
            others.readAgain();
        } else if (stolen) {
            keys.replaceSigning(now);
        } else {
            keys.addSigning(
                    now, signsFrom, signsFrom.plus(AccessTokens.LIFETIME).plus(MARGIN));
        }
        KeyFact newest = keys.facts(now).stream()
                .filter(key -> key.purpose() == Purpose.SIGNING)
                .findFirst()
                .orElseThrow();
        String when = newest.use() == Use.PUBLISHED ? "signs from " + newest.usedFrom() + " on" : "is in use";
        LOG.log(Level.INFO, "The signing key {0} {1}.", newest.id(), when);
        return newest.id();
    }

    /** Drops what nothing that holds was signed with. */
    public void dropEnded() {
        keys.dropEndedSigning(clock.instant());
    }
}
