package org.oathbound.oauth.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;

/** An issuer that the configuration trusts: what its tokens must be, and which roles they give. */
final class ForeignIssuer implements TokenIssuer {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.copyOf(JWSAlgorithm.Family.SIGNATURE);
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(10);
    private static final int MAX_SUBJECT_CHARACTERS = 200;

    /**
     * The settings in the configuration.
     *
     * @param name how it is called in our configuration and audit
     * @param issuer its {@code iss}
     * @param environment which one its people have access to; null for the default
     * @param rolesClaim where the roles are: the name of a claim, or of one inside of another with a dot between
     * @param roles which values of that claim give a role; a role that is not there is given by its own title
     */
    record Settings(
            String name,
            String issuer,
            String audience,
            @Nullable UUID environment,
            String rolesClaim,
            Map<Role, List<String>> roles) {}

    private final Settings settings;
    private final TokenProcessor processor;
    private final Function<@Nullable UUID, Optional<Environment>> environments;

    ForeignIssuer(
            Settings settings,
            JWKSource<SecurityContext> keys,
            Function<@Nullable UUID, Optional<Environment>> environments,
            Clock clock) {
        this.settings = settings;
        this.environments = environments;
        Set<@Nullable JOSEObjectType> types = new HashSet<>(Arrays.asList(AccessTokens.TYPE, JOSEObjectType.JWT, null));
        this.processor = new TokenProcessor(
                types, ALGORITHMS, keys, settings.audience(), Set.of("iss", "sub", "exp"), SKEW, clock);
    }

    String issuer() {
        return settings.issuer();
    }

    @Override
    public Optional<CheckedToken> check(SignedJWT token) {
        try {
            return processor
                    .claims(token)
                    .filter(claims -> settings.issuer().equals(claims.getIssuer()))
                    .map(claims -> new CheckedToken(this, token.getHeader().getKeyID(), claims));
        } catch (RateLimitReachedException e) {
            return Optional.empty(); // keys that it has not, asked for again and again
        } catch (JOSEException e) {
            throw new Problem.Unavailable(
                    "The keys of the issuer " + settings.name() + " can't be fetched.", TRY_AGAIN_AFTER);
        }
    }

    @Override
    public Optional<RequestPrincipal> caller(CheckedToken token) {
        String subject = token.claims().getSubject();
        return environments
                .apply(settings.environment())
                .filter(environment -> !subject.isBlank() && subject.length() <= MAX_SUBJECT_CHARACTERS)
                .map(environment ->
                        RequestPrincipal.foreign(environment, settings.name(), subject, roles(token.claims())));
    }

    private Set<Role> roles(JWTClaimsSet claims) {
        Set<String> values =
                texts(valueOf(claims.getClaims(), settings.rolesClaim())).collect(Collectors.toSet());
        return Stream.of(Role.values())
                .filter(role -> settings.roles().getOrDefault(role, List.of(role.title())).stream()
                        .anyMatch(values::contains))
                .collect(Collectors.toSet());
    }

    private static @Nullable Object valueOf(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? valueOf(inner, path.substring(dot + 1))
                : null;
    }

    private static Stream<String> texts(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().filter(String.class::isInstance).map(String.class::cast);
        }
        return value instanceof String text ? Stream.of(text) : Stream.of();
    }
}
