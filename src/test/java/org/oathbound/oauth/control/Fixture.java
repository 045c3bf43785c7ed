package org.oathbound.oauth.control;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.password.QuickHash;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.KeySets;

/** The real parts of access control over the embedded directory, with one environment and a clock that stands still. */
public final class Fixture {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final UUID ENVIRONMENT = UUID.fromString("abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    public static final UUID CLIENT = UUID.fromString("0f5a0b62-9d1e-4bb1-8d5c-0a3f1a2b3c4d");
    public static final String SECRET = "s3cret+with/signs~and=more";

    public final WholeEmbeddedDirectory directory = Directories.fresh();
    public final Environments environments = new Environments(directory, directory);
    public final Environment environment = environments.createDefault(ENVIRONMENT, "");
    public final Applications applications = new Applications(directory, directory, new QuickHash(), at(NOW));
    public final RoleHolders holders = new RoleHolders(directory);
    public final Issuer issuer = new Issuer(Optional.of("https://auth.example.com"), Optional.empty());
    public final KeySet keys;
    public final AccessTokens accessTokens;
    public final AuthorizationCodes codes = new AuthorizationCodes(at(NOW));

    public Fixture(Path folder) {
        keys = KeySets.in(folder);
        accessTokens = new AccessTokens(keys, issuer, at(NOW));
    }

    public Application application(UUID id, Role... roles) {
        return applications.create(environment, id, Registration.worker("Test", Set.of(roles)), SECRET);
    }

    public AccessTokenVerifier verifierAt(Instant now) {
        return verifierAt(now, noForeignIssuers());
    }

    AccessTokenVerifier verifierAt(Instant now, ForeignIssuers foreign) {
        OwnTokens own = new OwnTokens(applications, environments, holders, codes, issuer, keys, at(now));
        return new AccessTokenVerifier(own, foreign, at(now));
    }

    private ForeignIssuers noForeignIssuers() {
        return new ForeignIssuers(new MapConfig(Map.of()), environments, at(NOW));
    }

    /** The verifier of a directory, with its own issuer alone. */
    public static AccessTokenVerifier verifier(
            WholeEmbeddedDirectory directory, Issuer issuer, KeySet keys, Clock clock) {
        Environments environments = new Environments(directory, directory);
        Applications applications = new Applications(directory, directory, new QuickHash(), clock);
        return new AccessTokenVerifier(
                new OwnTokens(
                        applications,
                        environments,
                        new RoleHolders(directory),
                        new AuthorizationCodes(clock),
                        issuer,
                        keys,
                        clock),
                new ForeignIssuers(new MapConfig(Map.of()), environments, clock),
                clock);
    }

    static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
