package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Problem;

/**
 * The corporate directories that the configuration names: {@code oathbound.people.…} for the default environment, {@code
 * oathbound.people.{id}.…} for another. What stands below the base of one belongs to one environment.
 */
@ApplicationScoped
public class CorporateDirectories {

    private static final Logger LOG = System.getLogger(CorporateDirectories.class.getName());
    private static final String PREFIX = "oathbound.people.";

    /** As a property, and as the environment variable that stands for it. */
    private static final Pattern OF_ENVIRONMENT = Pattern.compile(
            "oathbound[._]people[._](\\p{XDigit}{8}(?:[-_]\\p{XDigit}{4}){3}[-_]\\p{XDigit}{12})[._]url",
            Pattern.CASE_INSENSITIVE);

    private final Environments environments;
    private final Map<UUID, CorporateDirectory> others = new LinkedHashMap<>();
    private @Nullable CorporateDirectory byDefault;

    /** Throws {@link IllegalStateException} when one of them can't be used; the message says which and why. */
    @Inject
    public CorporateDirectories(Config config, Directory directory, Environments environments) {
        this.environments = environments;
        if (config.getOptionalValue(PREFIX + "url", String.class).isPresent()) {
            byDefault = open(config, PREFIX, directory.suffix());
        }
        for (String property : config.getPropertyNames()) {
            Matcher name = OF_ENVIRONMENT.matcher(property);
            if (name.matches()) {
                UUID id = UUID.fromString(name.group(1).replace('_', '-'));
                if (!others.containsKey(id)) {
                    others.put(id, open(config, PREFIX + id + ".", directory.suffix()));
                }
            }
        }
    }

    /** Makes this bean, so that a wrong setting stops the start, and tells of what is likely to be a mistake. */
    public void check() {
        for (CorporateDirectory each : all()) {
            if (each.settings().isInTheClear()) {
                LOG.log(
                        Level.WARNING,
                        "Passwords go through the network in the clear: {0}. Use ldaps.",
                        each.settings());
            }
        }
        for (UUID id : others.keySet()) {
            if (environments.find(id).isEmpty()) {
                LOG.log(Level.WARNING, "There is no environment for {0}{1}.url.", PREFIX, id.toString());
            }
        }
        if (byDefault != null
                && environments
                        .defaultEnvironment()
                        .filter(found -> others.containsKey(found.id()))
                        .isPresent()) {
            throw new IllegalStateException(
                    "The default environment has two corporate directories: by its id, and without.");
        }
    }

    /** The environment that an entry belongs to, ours or a corporate one, there or not. */
    public Optional<Environment> environmentOf(DN entry) {
        Optional<Environment> ours = environments.of(entry);
        if (ours.isPresent()) {
            return ours;
        } else if (byDefault != null && isBelow(entry, byDefault)) {
            return environments.defaultEnvironment();
        }
        return others.entrySet().stream()
                .filter(other -> isBelow(entry, other.getValue()))
                .findFirst()
                .flatMap(other -> environments.find(other.getKey()));
    }

    /** Whether it stands, there or not, in a corporate directory. */
    public boolean have(DN entry) {
        return all().stream().anyMatch(each -> isBelow(entry, each));
    }

    /**
     * Searches an environment's corporate directory, with the rights that we have there. Only the attributes that may be shown
     * are found, and asked about.
     *
     * @param attributes empty for all of the users'
     * @param limit at most so many entries
     * @throws Problem.NotFound when there is no such base, or no such directory
     * @throws Problem.Unavailable when it does not answer
     */
    public CorporateEntries search(
            Environment environment, DN base, SearchScope scope, Filter filter, List<String> attributes, int limit) {
        return of(environment)
                .filter(found -> isBelow(base, found))
                .orElseThrow(() -> new Problem.NotFound("There is no entry " + base + "."))
                .search(base, scope, filter, attributes, limit);
    }

    /** One entry of it, with the attributes that may be shown; empty for a name that is not below its base. */
    public Optional<Entry> entry(Environment environment, DN name) {
        try {
            return search(environment, name, SearchScope.BASE, Attributes.ANY, List.of(), 1).entries().stream()
                    .findFirst();
        } catch (Problem.NotFound e) {
            return Optional.empty();
        }
    }

    @PreDestroy
    void close() {
        all().forEach(CorporateDirectory::close);
    }

    /** The one whose people sign on in an environment. */
    Optional<CorporateDirectory> of(Environment environment) {
        @Nullable CorporateDirectory byName = others.get(environment.id());
        return byName == null && environment.isDefault() ? Optional.ofNullable(byDefault) : Optional.ofNullable(byName);
    }

    private CorporateDirectory open(Config config, String prefix, DN suffix) {
        CorporateSettings settings = CorporateSettings.read(config, prefix);
        if (overlap(settings.base(), suffix)) {
            throw new IllegalStateException("The property " + prefix + "base-dn overlaps with our own suffix, " + suffix
                    + ": a corporate directory is another one.");
        }
        for (CorporateDirectory other : all()) {
            if (overlap(settings.base(), other.settings().base())) {
                throw new IllegalStateException("The property " + prefix
                        + "base-dn overlaps with that of another environment: the people below a base belong to one.");
            }
        }
        return new CorporateDirectory(settings);
    }

    private List<CorporateDirectory> all() {
        return Stream.concat(Optional.ofNullable(byDefault).stream(), others.values().stream())
                .toList();
    }

    private static boolean overlap(DN one, DN other) {
        return one.isDescendantOf(other, true) || other.isDescendantOf(one, true);
    }

    private static boolean isBelow(DN entry, CorporateDirectory directory) {
        return entry.isDescendantOf(directory.settings().base(), true);
    }
}
