package org.oathbound.oauth.control;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.SecureUri;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Environments;
import org.oathbound.oauth.control.ForeignIssuer.Settings;
import org.oathbound.problem.Texts;

/**
 * The issuers that the configuration trusts besides ourselves: {@code oathbound.foreign-issuers} has their names, {@code
 * oathbound.foreign-issuer.{name}.…} what is known of each.
 */
@ApplicationScoped
class ForeignIssuers {

    private static final String PREFIX = "oathbound.foreign-issuer.";
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int MAX_KEYS_BYTES = 256 * 1024;
    private static final Duration KEYS_ARE_GOOD_FOR = Duration.ofMinutes(5);
    private static final Duration KEYS_OUTLAST_ITS_OUTAGE = Duration.ofHours(4);

    private final Map<String, ForeignIssuer> issuers;

    /** Throws {@link IllegalStateException} when one of them can't be understood; the message says which and why. */
    @Inject
    ForeignIssuers(Config config, Environments environments, Clock clock) {
        this.issuers = config.getOptionalValues("oathbound.foreign-issuers", String.class).orElse(List.of()).stream()
                .map(name -> new Reader(config, name))
                .map(reader -> new ForeignIssuer(
                        reader.settings(),
                        keys(reader.keys()),
                        id -> id == null ? environments.defaultEnvironment() : environments.find(id),
                        clock))
                .collect(Collectors.toMap(ForeignIssuer::issuer, Function.identity(), (one, other) -> {
                    throw new IllegalStateException("Two of oathbound.foreign-issuers have the same issuer.");
                }));
    }

    /** The issuer of that {@code iss}, if it is one of them. */
    Optional<ForeignIssuer> named(@Nullable String issuer) {
        return issuer == null ? Optional.empty() : Optional.ofNullable(issuers.get(issuer));
    }

    /** Makes this bean when the application starts, so that a wrong setting stops the start and not the first request. */
    void loadAtStart(@Observes Startup startup) {}

    private static JWKSource<SecurityContext> keys(URL url) {
        return JWKSourceBuilder.create(
                        url, new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MAX_KEYS_BYTES))
                .cache(KEYS_ARE_GOOD_FOR.toMillis(), 2L * PATIENCE_MILLIS)
                .retrying(true)
                .outageTolerant(KEYS_OUTLAST_ITS_OUTAGE.toMillis())
                .build();
    }

    /** Reads what is known of one. */
    private record Reader(Config config, String name) {

        Settings settings() {
            String environment = value("environment").orElse(null);
            if (environment != null && !Texts.isUuid(environment)) {
                throw wrong("environment", "must be the id of an environment");
            }
            return new Settings(
                    name,
                    required("issuer"),
                    required("audience"),
                    environment == null ? null : UUID.fromString(environment),
                    value("roles-claim").orElse("roles"),
                    roles());
        }

        /** Https is required except on this machine: the server at this URL decides whose access tokens are valid. */
        URL keys() {
            try {
                URI uri = URI.create(required("jwks-url"));
                if (!SecureUri.is(uri)) {
                    throw wrong("jwks-url", "must be an https URL");
                }
                return uri.toURL();
            } catch (IllegalArgumentException | MalformedURLException e) {
                throw wrong("jwks-url", "must be an https URL");
            }
        }

        private Map<Role, List<String>> roles() {
            Map<Role, List<String>> roles = new EnumMap<>(Role.class);
            for (Role role : Role.values()) {
                String property = role.name().toLowerCase(Locale.ROOT).replace('_', '-');
                config.getOptionalValues(PREFIX + name + "." + property, String.class)
                        .ifPresent(values -> roles.put(role, values));
            }
            return roles;
        }

        private Optional<String> value(String property) {
            return config.getOptionalValue(PREFIX + name + "." + property, String.class);
        }

        private String required(String property) {
            return value(property).orElseThrow(() -> wrong(property, "is missing"));
        }

        private IllegalStateException wrong(String property, String why) {
            return new IllegalStateException("The property " + PREFIX + name + "." + property + " " + why + ".");
        }
    }
}
