package org.oathbound.oauth.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks signature, type, audience and time of a token by what one issuer is expected to send. */
final class TokenProcessor {

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param types the values of {@code typ} that are taken; null stands for none at all
     * @param skew how far the issuer's clock may be from ours
     * @param required claims that must be there
     */
    TokenProcessor(
            Set<@Nullable JOSEObjectType> types,
            Set<JWSAlgorithm> algorithms,
            JWKSource<SecurityContext> keys,
            String audience,
            Set<String> required,
            Duration skew,
            Clock clock) {
        // a HashSet: the verifier asks for null, which Set.of answers with a NullPointerException
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new HashSet<>(types)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWTClaimsSetVerifier(new ClaimsVerifier(audience, required, skew, clock));
    }

    /**
     * The token's claims, if it holds.
     *
     * @throws JOSEException when that can't be found out: the keys are not to be had
     */
    Optional<JWTClaimsSet> claims(SignedJWT token) throws JOSEException {
        try {
            return Optional.of(processor.process(token, null));
        } catch (BadJOSEException e) {
            return Optional.empty();
        }
    }

    /** Time by our clock. */
    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final Clock clock;

        ClaimsVerifier(String audience, Set<String> required, Duration skew, Clock clock) {
            super(audience, null, required);
            this.clock = clock;
            setMaxClockSkew((int) skew.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
