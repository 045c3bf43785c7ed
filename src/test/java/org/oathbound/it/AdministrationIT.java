package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does by the script {@code bin/oathbound} alone, from the first person to another environment. */
@Timeout(300)
class AdministrationIT {

    @TempDir
    private static Path temporary;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.startForLong(temporary.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void sitsDown() {
        environment.put("OATHBOUND_DATA_DIR", server.data().toAbsolutePath().toString());
        environment.put("OATHBOUND_URL", server.oathbound().root().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("XDG_CACHE_HOME", temporary.toString());
    }

    private CommandProcess run(String input, String... arguments) {
        return CommandProcess.run(List.of("bin/oathbound"), environment, input, arguments);
    }

    private CommandProcess ok(String... arguments) {
        return run("", arguments).endsWith(0);
    }

    /** Twice the same is nothing the second time; whoever is missing is blocked, and comes back. */
    @Test
    void peopleOfAPersonnelSystemNightAfterNight() throws IOException {
        ok("environment", "add", "Staff", "--output=" + folder.resolve("staff.env"));
        environment.put("OATHBOUND_CREDENTIALS", folder.resolve("staff.env").toString());
        Path people = folder.resolve("people.csv");
        String head = "username,email,given,family\n";
        String most = "eve,eve@example.com,Eve,Moss\ndan,,Dan,Lee\n";
        Files.writeString(people, head + most + "kim,kim@example.com,Kim,Ng\n");
        assertThat(ok("people", "import", people.toString(), "--preview").out()).contains("3 new");
        assertThat(ok("people").out()).doesNotContain("kim");
        ok("people", "import", people.toString());
        assertThat(ok("people", "import", people.toString()).out()).contains("0 new", "3 the same");

        Files.writeString(people, head + most.replace("Moss", "Stone"));
        assertThat(ok("people", "import", people.toString()).out()).contains("1 changed", "1 not there any more");
        assertThat(ok("person", "show", "eve").out()).contains("Eve Stone");
        ok("people", "import", people.toString(), "--missing", "block");
        assertThat(isEnabled("kim")).isFalse();

        Files.writeString(people, head + most.replace("Moss", "Stone") + "kim,kim@example.com,Kim,Ng\n");
        assertThat(ok("people", "import", people.toString()).out()).contains("1 back again");
        assertThat(isEnabled("kim")).isTrue();
    }

    private boolean isEnabled(String username) {
        return ok("person", "show", username, "--json").out().contains("\"enabled\" : true");
    }

    @Test
    void aPersonsLife() {
        ok("person", "add", "mary", "--given=Mary", "--email=mary@example.com");
        ok("person", "edit", "mary", "--family=Major", "--email=");
        assertThat(ok("person", "show", "mary").out()).contains("Mary Major  -  ");
        CommandProcess password =
                run("  correct horse 1 \n", "person", "password", "mary").endsWith(0);
        assertThat(password.out() + password.err()).doesNotContain("horse");
        assertThat(run("short\n", "person", "password", "mary").endsWith(1).err())
                .contains("  id ");

        assertThat(ok("person", "roles", "mary", "--give=help desk").out()).isEqualTo("Help Desk\n");
        ok("person", "roles", "mary", "--give=Auditor", "--take=Help Desk");
        assertThat(ok("person", "roles", "mary").out()).isEqualTo("Auditor\n");
        ok("person", "delete", "mary");
        assertThat(run("", "person", "show", "mary").endsWith(1).err()).contains("There is nobody");
    }

    @Test
    void anAppIsPairedBlockedAndUnblocked() throws LDAPException {
        ok("person", "add", "nick");
        CommandProcess app = ok("pair-app", "nick", "--nickname=phone");
        Matcher uri = Pattern.compile("(?s)(?:[█▀▄ ]+\n){15,}otpauth://totp/.*[?&]secret=([A-Z2-7]+).*\n")
                .matcher(app.out());
        assertThat(uri.matches()).as(app.out()).isTrue();
        String id = app.err().replaceFirst("(?s).*oathbound activate nick ([0-9a-f-]{36})\n", "$1");
        run(new TotpSecret(uri.group(1)).current() + "\n", "activate", "nick", id)
                .endsWith(0);
        ok("block", "nick", id);
        assertThat(ok("person", "show", "nick").out()).contains("BLOCKED");
        run("", "check", "nick").endsWith(4);
        ok("unblock", "nick", id);
        assertThat(ok("person", "show", "nick").out()).contains("ACTIVE").doesNotContain("BLOCKED");
    }

    @Test
    void anApplicationWorksWithTheFileThatItWasGiven() throws IOException {
        Path first = folder.resolve("gateway.env");
        ok("application", "add", "Gateway", "--role=Authenticator", "--output", first.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-------");
        assertThat(ok("applications").out()).contains("Gateway", "Authenticator");
        assertThat(run("", "people", "--credentials", first.toString())
                        .endsWith(1)
                        .err())
                .isNotEmpty();
        ok("application", "roles", "Gateway", "--give=Identity Data Read Only", "--take=Authenticator");
        ok("people", "--credentials", first.toString());

        Path second = folder.resolve("gateway-2.env");
        ok("application", "secret", "Gateway", "--stolen", "--output", second.toString());
        run("", "people", "--credentials", first.toString()).endsWith(1);
        ok("people", "--credentials", second.toString());
        assertThat(ok("application", "show", "Gateway").out()).contains("Identity Data Read Only");
        ok("application", "delete", "Gateway");
        run("", "people", "--credentials", second.toString()).endsWith(1);
    }

    @Test
    void anEnvironmentIsMadeUsedAndDeleted() throws IOException {
        Path branch = folder.resolve("branch.env");
        ok("environment", "add", "Branch", "--output", branch.toString());
        assertThat(ok("environments").out()).contains("Branch");
        ok("person", "add", "only-there", "--credentials", branch.toString());
        assertThat(ok("people").out()).doesNotContain("only-there");
        assertThat(run("", "environment", "delete", "Branch").endsWith(1).err()).contains("  id ");
        ok("person", "delete", "only-there", "--credentials", branch.toString());
        ok("environment", "delete", "Branch");
        assertThat(ok("environments").out()).doesNotContain("Branch");
    }

    @Test
    void settingsAreShownSetAndReset() {
        assertThat(ok("settings", "show", "oath").out()).containsPattern("hotp\\.lookAhead +10\n");
        assertThat(ok("settings", "set", "oath", "hotp.lookAhead=20", "hotp.hashAlgorithms=HmacSHA1,HmacSHA256")
                        .out())
                .containsPattern("hotp\\.lookAhead +20\n")
                .containsPattern("hotp\\.hashAlgorithms +HmacSHA1,HmacSHA256\n");
        ok("settings", "reset", "oath");
        assertThat(ok("settings", "show", "oath").out()).containsPattern("hotp\\.lookAhead +10\n");

        assertThat(ok("settings", "set", "mfa", "lockout.failureCount=5", "pairing.maxAllowedDevices=3")
                        .out())
                .containsPattern("lockout\\.failureCount +5\n");
        ok("settings", "reset", "mfa");
        assertThat(ok(
                                "settings",
                                "set",
                                "policy",
                                "totp.passcodeGracePeriod=3",
                                "totp.uriParameters.issuer=Example Ltd")
                        .out())
                .containsPattern("totp\\.passcodeGracePeriod +3\n");
        assertThat(run("", "settings", "set", "oath", "hotp.lookAhead=2000")
                        .endsWith(1)
                        .err())
                .contains("lookAhead");
    }

    @Test
    void keysAreRotated() {
        assertThat(ok("keys").out()).contains("SEALING", "SIGNING");
        String before = inUse("SEALING");
        assertThat(ok("key", "rotate", "sealing").out()).contains("The new key is ");
        assertThat(inUse("SEALING")).isNotEqualTo(before);
        ok("key", "rotate", "signing");
        assertThat(ok("keys").out()).containsPattern("SIGNING +PUBLISHED");
    }

    private String inUse(String purpose) {
        List<String> keys = new ArrayList<>();
        ok("keys", "--json").json().at("/_embedded/keys").forEach(key -> {
            if (key.path("purpose").asText().equals(purpose)
                    && key.path("use").asText().equals("IN_USE")) {
                keys.add(key.path("id").asText());
            }
        });
        assertThat(keys).hasSize(1);
        return keys.getFirst();
    }

    @Test
    void theFirstCommandThatIsRightKeepsWhatTheJvmHasMadeOfTheClasses() throws IOException {
        Path cache = folder.resolve("cache");
        environment.put("XDG_CACHE_HOME", cache.toString());
        assertThat(run("", "people", "--url=http://localhost:1").endsWith(5).err())
                .contains("nothing answers there");
        assertThat(cache.resolve("oathbound")).isEmptyDirectory();
        for (int call = 0; call < 3; call++) {
            CommandProcess people = ok("people");
            assertThat(people.out()).startsWith("USER NAME").doesNotContain("archive");
            assertThat(people.err()).isEmpty();
            assertThat(cache.resolve("oathbound")).isDirectoryContaining("glob:**/commands-*.jsa");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("oathbound"))))
                .isEqualTo("rwx------");
        // Where there is no place for it, the command does without.
        environment.put(
                "XDG_CACHE_HOME", Files.createFile(folder.resolve("file")).toString());
        assertThat(ok("people").err()).isEmpty();
    }

    @Test
    void theJarByItselfTellsItsVersionAndItsCommands() {
        List<String> jar = List.of(CommandProcess.java(), "-jar", ServerProcess.JAR.toString());
        assertThat(CommandProcess.run(jar, environment, "", "--version")
                        .endsWith(0)
                        .out())
                .matches("Oathbound [0-9].*, on Java .*\n");
        assertThat(ok("--version").out()).matches("Oathbound [0-9].*, on Java .*\n");
        assertThat(CommandProcess.run(jar, environment, "", "--help")
                        .endsWith(0)
                        .out())
                .contains("serve ", "settings ");
        assertThat(ok("serve", "--help").out()).contains("Starts the service", "--port 8080");
    }
}
