package org.oathbound.operations;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RandomSecret;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.password.PasswordHash;
import org.oathbound.sealing.KeyCheck;

/**
 * Makes the first environment, its administrator application and the LDAP administrator where there is no environment
 * yet. Each value is the configured one, else the one that an earlier start wrote to {@code bootstrap.env}, else random.
 */
@ApplicationScoped
class Bootstrap {

    private final Environments environments;
    private final Applications applications;
    private final Directory directory;
    private final KeyCheck keyCheck;
    private final BootstrapFile file;
    private final Config config;
    private final Clock clock;

    @Inject
    Bootstrap(
            Environments environments,
            Applications applications,
            Directory directory,
            KeyCheck keyCheck,
            BootstrapFile file,
            Config config,
            Clock clock) {
        this.environments = environments;
        this.applications = applications;
        this.directory = directory;
        this.keyCheck = keyCheck;
        this.file = file;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The default environment, made now if this is the first start.
     *
     * @throws IllegalStateException when the key set is not that of the directory
     */
    Environment ensure() {
        Optional<Environment> before = environments.defaultEnvironment();
        before.flatMap(environment -> directory.read(environment.base())).ifPresent(keyCheck::check);
        return before.orElseGet(this::create);
    }

    private Environment create() {
        Map<String, String> before = file.read();
        UUID environmentId = id("environment-id", before.get(BootstrapFile.ENVIRONMENT_ID));
        UUID clientId = id("client-id", before.get(BootstrapFile.CLIENT_ID));
        String clientSecret = value("client-secret", before.get(BootstrapFile.CLIENT_SECRET), RandomSecret::next);
        String ldapPassword = value("ldap-password", before.get(BootstrapFile.LDAP_PASSWORD), RandomSecret::next);
        file.write(environmentId, clientId, clientSecret, ldapPassword);
        Environment environment = new Environment(environmentId, directory.suffix());
        applications.create(
                environment, clientId, Registration.worker("Administrator", Role.ADMINISTRATOR), clientSecret);
        addLdapAdministrator(ldapPassword);
        directory
                .read(directory.suffix())
                .ifPresent(suffix -> directory.modifyIfUnchanged(
                        suffix, Attributes.with(suffix, Schema.CREATED_AT, GeneralizedTime.now(clock))));
        // Last: the environment's id says that the rest is there.
        return environments.createDefault(environmentId, keyCheck.value(environmentId));
    }

    private void addLdapAdministrator(String password) {
        Entry administrator = new Entry(new DN(new RDN(Schema.CN, "admin"), directory.suffix()));
        administrator.addAttribute(Schema.OBJECT_CLASS, "top", "organizationalRole", "simpleSecurityObject");
        administrator.addAttribute(Schema.CN, "admin");
        administrator.addAttribute("userPassword", PasswordHash.of(password));
        directory.add(administrator);
    }

    private UUID id(String property, @Nullable String before) {
        String text = value(property, before, () -> UUID.randomUUID().toString());
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("oathbound.bootstrap." + property + " must be a UUID.", e);
        }
    }

    private String value(String property, @Nullable String before, Supplier<String> byDefault) {
        return config.getOptionalValue("oathbound.bootstrap." + property, String.class)
                .or(() -> Optional.ofNullable(before))
                .orElseGet(byDefault);
    }
}
