package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.otp.Totp;
import org.oathbound.person.control.PersonQuery;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Username;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Verdict.Accepted;

@Tag("slow")
class DemoTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String HTTP = "http://localhost:8080";

    @TempDir
    Path folder;

    private final WholeDirectory directory = Directories.fresh();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private Environment environment;
    private DevicesFixture parts;

    @BeforeEach
    void begin() {
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        parts = new DevicesFixture(directory, new Seals(new KeySet(data())), clock);
    }

    private DataDirectory data() {
        return new DataDirectory(folder);
    }

    private Demo demo(boolean on) {
        DemoPeople people = new DemoPeople(parts.persons, parts.tokens, parts.pairing, clock);
        return new Demo(on, new Loopback(8080, "127.0.0.1", "127.0.0.1"), people, directory, data());
    }

    private void fill() {
        demo(true).fill(environment, HTTP);
    }

    private Path file() {
        return folder.resolve("demo.txt");
    }

    private String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the file says of somebody: from the line that begins with the name to the next empty one. */
    private String about(String name) {
        Matcher section = Pattern.compile("^# " + name + ",.*?(?=^$)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text());
        assertThat(section.find()).as(name + " in\n" + text()).isTrue();
        return section.group();
    }

    private String first(String name, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(about(name));
        assertThat(found.find()).as(pattern + " in\n" + about(name)).isTrue();
        return found.group(1);
    }

    private Person person(String name) {
        return parts.persons.find(environment, new Username(name)).orElseThrow();
    }

    private PairedDevice device(String name) {
        return parts.devices.list(environment, person(name).id()).get(0);
    }

    private List<String> people() {
        return parts.persons.page(environment, new PersonQuery(), null, 100).items().stream()
                .map(person -> person.username().value())
                .toList();
    }

    private int tokens() {
        return parts.tokens
                .page(environment, new TokenQuery(), null, 100)
                .items()
                .size();
    }

    private boolean isAccepted(String name, String code) {
        Passcode passcode = Passcode.parse(code).orElseThrow();
        return parts.verify(
                        environment, person(name).id(), device(name).device().id(), passcode, Purpose.SIGN_ON)
                instanceof Accepted;
    }

    private Hotp hotp(String name, HashAlgorithm algorithm, int digits) {
        return new Hotp(SharedSecret.ofHex(first(name, "oathtool .*?\\b([0-9a-f]{40,})\\b")), algorithm, digits);
    }

    @Nested
    @DisplayName("Where there is nobody, the demo puts people with devices")
    class Fills {

        @Test
        void fiveOfThemEachWithADevice() {
            fill();
            assertThat(people()).containsExactly("alice", "bob", "carol", "dave", "erin");
            assertThat(people())
                    .extracting(name -> device(name).device().type())
                    .containsExactly(
                            Device.Type.OATH_TOKEN,
                            Device.Type.OATH_TOKEN,
                            Device.Type.TOTP,
                            Device.Type.OATH_TOKEN,
                            Device.Type.TEMPORARY);
            assertThat(people())
                    .filteredOn(name -> device(name).device().status() != Device.Status.ACTIVE)
                    .containsExactly("dave");
            assertThat(tokens()).as("fobs, three of them in stock").isEqualTo(6);
        }

        @Test
        void alicesFobCounts() {
            fill();
            assertThat(first("alice", "--counter=\\$\\(curl .*/oathTokens/([0-9a-f-]{36}) "))
                    .isEqualTo(device("alice").device().token().toString());
            assertThat(isAccepted(
                            "alice",
                            hotp("alice", HashAlgorithm.SHA_1, 6).generate(0).text()))
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "bob,--totp=SHA256 --digits=6 --time-step-size=30s,SHA_256",
            "carol,--totp=SHA1 --digits=6 --time-step-size=30s,SHA_1"
        })
        void bobsFobAndCarolsAppTellTheTime(String name, String options, HashAlgorithm algorithm) {
            fill();
            assertThat(about(name)).contains("oathtool " + options);
            long step = new Totp(Duration.ofSeconds(30)).stepAt(NOW);
            assertThat(isAccepted(name, hotp(name, algorithm, 6).generate(step).text()))
                    .isTrue();
        }

        @Test
        void davesFobWaitsToBeActivated() {
            fill();
            String code = hotp("dave", HashAlgorithm.SHA_1, 8).generate(0).text();
            assertThat(about("dave")).contains("device.activate+json");
            assertThat(parts.verification.activate(
                            environment,
                            person("dave").id(),
                            device("dave").device().id(),
                            Passcode.parse(code).orElseThrow(),
                            false))
                    .isInstanceOf(Accepted.class);
        }

        @Test
        void erinHasCodesThatAreGoodOnce() {
            fill();
            String code = first("erin", "\\b([0-9]{8})\\b");
            assertThat(isAccepted("erin", code)).isTrue();
            assertThat(isAccepted("erin", code)).isFalse();
        }

        @Test
        void eachSignsOnByACommandThatNamesPersonAndDevice() {
            fill();
            for (String name : people()) {
                assertThat(about(name))
                        .contains(person(name).id().toString())
                        .contains(device(name).device().id().toString())
                        .contains(HTTP + "/" + environment.id() + "/deviceAuthentications");
            }
        }

        @Test
        void secretsAreRandom() {
            fill();
            assertThat(Pattern.compile("\\b[0-9a-f]{40,}\\b")
                            .matcher(text())
                            .results()
                            .map(MatchResult::group)
                            .distinct())
                    .hasSize(7);
        }

        @Test
        void theFileIsTheServicesOwn() throws Exception {
            fill();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Nested
    @DisplayName("Where somebody is, it changes nothing")
    class LeavesAlone {

        @Test
        void aSecondStartKeepsPeopleAndFile() {
            fill();
            String before = text();
            fill();
            assertThat(text()).isEqualTo(before);
            assertThat(people()).hasSize(5);
            assertThat(tokens()).isEqualTo(6);
            assertThat(demo(true).file()).contains(file());
        }

        @Test
        void aPersonOfOthers() {
            parts.person(environment, "jdoe");
            fill();
            assertThat(people()).containsExactly("jdoe");
            assertThat(tokens()).isZero();
            assertThat(demo(true).file()).isEmpty();
        }

        @Test
        void anEntryOfAnLdapAdministrators() throws Exception {
            directory.add(new Entry(
                    "dn: uid=alice," + environment.people(),
                    "objectClass: inetOrgPerson",
                    "uid: alice",
                    "cn: A",
                    "sn: A"));
            fill();
            assertThat(people()).isEmpty();
        }

        @Test
        void whenThePeopleAreGoneItBeginsAnew() {
            fill();
            people().forEach(name ->
                    parts.persons.delete(environment, person(name).id()));
            fill();
            assertThat(people()).hasSize(5);
            assertThat(isAccepted(
                            "alice",
                            hotp("alice", HashAlgorithm.SHA_1, 6).generate(0).text()))
                    .isTrue();
        }

        @Test
        void whatIsOffDoesNothing() {
            demo(false).check();
            demo(false).fill(environment, HTTP);
            assertThat(people()).isEmpty();
            assertThat(file()).doesNotExist();
            assertThat(demo(false).file()).isEmpty();
        }
    }
}
