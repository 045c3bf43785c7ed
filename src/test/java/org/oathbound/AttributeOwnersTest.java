package org.oathbound;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.directory.Schema;

@DisplayName("An attribute belongs to one component, and nobody else parses its values")
class AttributeOwnersTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "org", "oathbound");
    private static final Pattern NAMED = Pattern.compile("Schema\\.([A-Z][A-Z_0-9]*)\\b");

    /** Of every entry: its class, names, revision, times, and whether it counts as gone. */
    private static final Set<String> OF_ALL = Set.of(
            "OBJECT_CLASS",
            "CN",
            "OU",
            "ID",
            "TOKEN_IDENTIFIER",
            "REVISION",
            "CREATED_AT",
            "UPDATED_AT",
            "NAME",
            "REVOKED_AT",
            "CLOSED_AT");

    /** Those that more than one component names, and what the others do with them, which is not parsing. */
    private static final Map<String, Set<String>> NAMED_BY_OTHERS = Map.ofEntries(
            // sealed values are sealing's; token and job hand them over as they are, LDAP compares codes under the name
            entry("SECRET", Set.of("sealing", "token", "ldap")),
            entry("PAYLOAD", Set.of("sealing", "job")),
            entry("KEY_ID", Set.of("sealing", "token")),
            entry("KEY_CHECK", Set.of("sealing", "environment")),
            // the administrator of LDAP has a password of its own
            entry("USER_PASSWORD", Set.of("person", "ldap")),
            // withheld from readers by their names
            entry("OATH_SETTINGS", Set.of("environment", "entryaccess")),
            entry("MFA_SETTINGS", Set.of("environment", "entryaccess")),
            entry("POLICY", Set.of("environment", "entryaccess")),
            // a restore marks tokens and keys
            entry("RESTORED_AT", Set.of("token", "operations")),
            entry("WAITING", Set.of("token", "operations")),
            // a job that has it is done: an environment with others is not empty
            entry("FINISHED_AT", Set.of("job", "environment")),
            // roles stand on the enrolment, and whether there are any is all that its component asks
            entry("ROLE", Set.of("application", "person")),
            // so does whether and since when the person's sessions are over, which each request by an access token asks
            entry("SESSIONS_ENDED_AT", Set.of("application", "person")),
            // one name on entries of two components, each with its own values
            entry("ENABLED", Set.of("application", "person")),
            entry("LOCKED_UNTIL", Set.of("token", "person")),
            entry("LAST_JOB", Set.of("token", "person")),
            entry("TOKEN_ID", Set.of("token", "device")),
            // object classes tell what kind of entry it is
            entry("OATHBOUND_TOKEN", Set.of("token", "entryaccess", "operations")),
            entry("OATHBOUND_KEY", Set.of("token", "operations")),
            entry("OATHBOUND_ENVIRONMENT", Set.of("environment", "operations", "sealing")),
            entry("OATHBOUND_JOB", Set.of("job", "sealing", "operations")),
            entry("OATHBOUND_ENROLMENT", Set.of("person", "operations")),
            entry("OATHBOUND_DEVICE", Set.of("device", "operations")),
            entry("OATHBOUND_APPLICATION", Set.of("application", "operations")),
            entry("OATHBOUND_PERSON", Set.of("person", "entryaccess", "ldap")));

    /** Names of the API that are written like one of the schema. */
    private static final Set<String> NAMES_OF_THE_API = Set.of("oathToken");

    @Test
    void noOtherComponentNamesIt() throws IOException {
        Map<String, Set<String>> users = new TreeMap<>();
        for (Path file : sources()) {
            String component = SOURCES.relativize(file).getName(0).toString();
            Matcher named = NAMED.matcher(Files.readString(file));
            while (named.find()) {
                users.computeIfAbsent(named.group(1), name -> new TreeSet<>()).add(component);
            }
        }
        users.values().forEach(components -> components.remove("directory")); // defines, hides and indexes them
        users.keySet().removeAll(OF_ALL);
        users.values().removeIf(components -> components.size() < 2);
        assertThat(users).isEqualTo(new TreeMap<>(NAMED_BY_OTHERS));
    }

    @Test
    void itsNameIsWrittenOnce() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Field field : Schema.class.getFields()) {
            names.add(value(field));
        }
        names.removeIf(name -> !name.startsWith("oath"));
        names.removeAll(NAMES_OF_THE_API);
        for (Path file : sources()) {
            if (!file.endsWith("Schema.java")) {
                assertThat(names).as(file.toString()).noneMatch(name -> read(file)
                        .contains('"' + name + '"'));
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String value(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            List<Path> files =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files).hasSizeGreaterThan(500);
            return files;
        }
    }
}
