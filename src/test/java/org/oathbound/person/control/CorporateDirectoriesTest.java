package org.oathbound.person.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.oauth.control.MapConfig;

@DisplayName("The configuration names corporate directories, one for an environment")
@Tag("slow")
class CorporateDirectoriesTest {

    private static final String PREFIX = "oathbound.people.";
    private static final UUID OTHER = UUID.fromString("5f3e2c1a-9b8d-4e7f-a6c5-0123456789ab");

    private final WholeDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");

    private static Map<String, String> valid(String prefix, String base) {
        return new HashMap<>(Map.of(
                prefix + "url", "ldaps://one.example.org ldaps://two.example.org:1636", prefix + "base-dn", base));
    }

    private CorporateDirectories of(Map<String, String> properties) {
        return PersonsFixture.corporate(directory, properties);
    }

    @Nested
    @DisplayName("A start is refused")
    class Refused {

        @ParameterizedTest
        @CsvSource(nullValues = "null", delimiter = '|', textBlock = """
                base-dn            | null                 | oathbound.people.base-dn is missing
                base-dn            | dc                   | oathbound.people.base-dn must be a DN
                base-dn            | ''                   | oathbound.people.base-dn must be a DN
                base-dn            | ou=x,DC=example,dc=com | oathbound.people.base-dn overlaps with our own suffix
                base-dn            | dc=example,dc=com    | oathbound.people.base-dn overlaps with our own suffix
                base-dn            | dc=com               | oathbound.people.base-dn overlaps with our own suffix
                url                | http://example.org   | oathbound.people.url must have URLs like
                url                | ldap://              | oathbound.people.url must have URLs like
                url                | ldap://h/dc=corp     | oathbound.people.url must have URLs like
                ca-certificate     | pom.xml              | oathbound.people.ca-certificate must be a PEM file
                filter             | (uid                 | oathbound.people.filter must be a filter
                bind-dn            | cn=reader            | oathbound.people.password is missing
                password           | s3cr3t-of-the-reader | oathbound.people.bind-dn is missing
                """)
        void forASettingThatCantBeUsed(String property, @Nullable String value, String why) {
            Map<String, String> properties = valid(PREFIX, "dc=corp,dc=org");
            if (value == null) {
                properties.remove(PREFIX + property);
            } else {
                properties.put(PREFIX + property, value);
            }
            assertThatThrownBy(() -> of(properties))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(why)
                    .hasMessageNotContaining("s3cr3t");
        }

        @Test
        void forABaseThatServesTwoEnvironments() {
            Map<String, String> properties = valid(PREFIX, "dc=corp,dc=org");
            properties.putAll(valid(PREFIX + OTHER + ".", "ou=Staff,dc=corp,dc=org"));
            assertThatThrownBy(() -> of(properties)).hasMessageContaining("another environment");
        }

        @Test
        void forTwoDirectoriesOfOneEnvironment() {
            Map<String, String> properties = valid(PREFIX, "dc=corp,dc=org");
            properties.putAll(valid(PREFIX + environment.id() + ".", "dc=else,dc=org"));
            assertThatThrownBy(of(properties)::check).hasMessageContaining("two corporate directories");
        }
    }

    @Nested
    @DisplayName("What stands below a base is its environment's")
    class Belongs {

        private final Environment other =
                new Tenancy(directory, directory, directory, environments, Clock.systemUTC()).create("Other");

        @Test
        void toTheDefaultOrToTheOneThatIsNamed() throws LDAPException {
            Map<String, String> properties = valid(PREFIX, "dc=corp,dc=org");
            properties.putAll(valid(PREFIX + other.id() + ".", "dc=else,dc=org"));
            CorporateDirectories corporate = of(properties);
            assertThat(corporate.environmentOf(new DN("uid=a,DC=Corp, dc=org"))).contains(environment);
            assertThat(corporate.environmentOf(new DN("uid=a,dc=else,dc=org"))).contains(other);
            assertThat(corporate.environmentOf(new DN("uid=a,ou=People,dc=example,dc=com")))
                    .contains(environment);
            assertThat(corporate.environmentOf(new DN("uid=a,dc=org"))).isEmpty();
            assertThat(corporate.have(new DN("dc=else,dc=org"))).isTrue();
            assertThat(corporate.have(new DN("ou=People,dc=example,dc=com"))).isFalse();
        }

        @Test
        void alsoWhereItIsNamedByEnvironmentVariables() throws LDAPException {
            String prefix = variable(PREFIX + other.id() + ".");
            Map<String, String> variables =
                    Map.of(prefix + "URL", "ldap://localhost", prefix + "BASE_DN", "dc=else,dc=org");
            CorporateDirectories corporate = of(new HashMap<>(variables) {
                @Override
                public @Nullable String get(Object property) {
                    return variables.get(variable(
                            property.toString())); // MicroProfile Config: "Environment Variables Mapping Rules"
                }
            });
            assertThat(corporate.environmentOf(new DN("uid=a,dc=else,dc=org"))).contains(other);
        }

        private static String variable(String property) {
            return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    @Nested
    @DisplayName("An id is entryUUID, or objectGUID as Microsoft prints it")
    class Id {

        private static final UUID GUID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        private static final byte[] STORED = {
            0x33,
            0x22,
            0x11,
            0x00,
            0x55,
            0x44,
            0x77,
            0x66,
            (byte) 0x88,
            (byte) 0x99,
            (byte) 0xaa,
            (byte) 0xbb,
            (byte) 0xcc,
            (byte) 0xdd,
            (byte) 0xee,
            (byte) 0xff
        };

        private CorporateSettings settings(String idAttribute) {
            Map<String, String> properties = valid(PREFIX, "dc=corp,dc=org");
            properties.put(PREFIX + "id-attribute", idAttribute);
            properties.put(PREFIX + "username-attribute", "sAMAccountName");
            return CorporateSettings.read(new MapConfig(properties), PREFIX);
        }

        private Entry entry() {
            Entry entry = new Entry("cn=Ada,dc=corp,dc=org");
            entry.addAttribute("sAMAccountName", "ada");
            return entry;
        }

        @Test
        void ofMicrosoft() throws LDAPException {
            Entry entry = entry();
            entry.addAttribute("objectGUID", STORED);
            CorporateSettings settings = settings("objectguid");
            CorporatePerson person = CorporatePerson.of(settings, entry).orElseThrow();
            assertThat(person.id()).isEqualTo(GUID);
            assertThat(person.profile().username().value()).isEqualTo("ada");
            Filter filter = CorporatePerson.hasId(settings, GUID);
            assertThat(filter.getAssertionValueBytes()).isEqualTo(STORED);
            assertThat(filter.matchesEntry(entry)).isTrue();
        }

        @Test
        void ofEverybodyElse() throws LDAPException {
            Entry entry = entry();
            entry.addAttribute("entryUUID", GUID.toString());
            CorporateSettings settings = settings("entryUUID");
            assertThat(CorporatePerson.of(settings, entry).orElseThrow().id()).isEqualTo(GUID);
            assertThat(CorporatePerson.hasId(settings, GUID).matchesEntry(entry))
                    .isTrue();
        }

        @Test
        void andWithoutOneItIsNobody() throws LDAPException {
            Entry entry = entry();
            assertThat(CorporatePerson.of(settings("entryUUID"), entry)).isEmpty();
            entry.addAttribute("entryUUID", "17");
            assertThat(CorporatePerson.of(settings("entryUUID"), entry)).isEmpty();
            entry.addAttribute("objectGUID", new byte[15]);
            assertThat(CorporatePerson.of(settings("objectGUID"), entry)).isEmpty();
        }
    }
}
