package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/** The command line on the host of a service: {@code bootstrap.env} in its data directory says as whom it speaks. */
@Timeout(300)
class CommandLineIT {

    @TempDir
    private static Path temporary;

    private static ServerProcess server;

    private Oathbound oathbound;

    @BeforeAll
    static void start() {
        server = ServerProcess.startForLong(temporary.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final Hotp SAMPLE =
            new Hotp(SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA"), HashAlgorithm.SHA_1, 8);
    private static final long COUNTER = 456_789;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void saysWhereTheServiceIs() {
        oathbound = server.oathbound();
        environment.put("OATHBOUND_DATA_DIR", server.data().toAbsolutePath().toString());
        environment.put("OATHBOUND_URL", oathbound.root().toString());
    }

    /** Whatever it prints, nothing of it is secret. */
    private CommandProcess run(String input, String... arguments) {
        CommandProcess process = CommandProcess.run(environment, input, arguments);
        String said = process.out() + process.err();
        Seeds.assertNoSecretIn(said);
        assertThat(oathbound.credentials().filter(said::contains)).isEmpty();
        return process;
    }

    private CommandProcess ok(String... arguments) {
        return run("", arguments).endsWith(0);
    }

    private static String code(long steps) {
        return SAMPLE.generate(COUNTER + steps).text() + "\n";
    }

    /** What a secret has used is remembered: each fob has its own. */
    private static String secret(String serialNumber) {
        byte[] bytes = ("fob " + serialNumber).getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, 20));
    }

    private static String code(String serialNumber, long steps) {
        Hotp codes = new Hotp(SharedSecret.ofHex(secret(serialNumber)), HashAlgorithm.SHA_1, 8);
        return codes.generate(COUNTER + steps).text() + "\n";
    }

    /** Somebody with a fob; its serial number. */
    private String fob(String username) {
        String serialNumber = Seeds.serialNumber("CLI");
        oathbound.create(Seeds.hotp(serialNumber, secret(serialNumber), COUNTER).put("otpLength", 8));
        ObjectNode user = JsonNodeFactory.instance.objectNode().put("username", username);
        String id = oathbound.post("/users", Oathbound.JSON, user).text("/id");
        ObjectNode fob = JsonNodeFactory.instance.objectNode().put("type", "OATH_TOKEN");
        Answer paired =
                oathbound.post("/users/" + id + "/devices", Oathbound.JSON, fob.put("serialNumber", serialNumber));
        assertThat(paired.status()).as(paired.body()).isEqualTo(201);
        return serialNumber;
    }

    @Test
    void theMainJobIsDoneFromAShell() {
        String seeds = "docs/samples/eight-tokens.json";
        assertThat(ok("import", seeds).out()).contains("Rows: 8 created.\n");
        CommandProcess again = run("", "import", seeds, "--json").endsWith(3);
        assertThat(again.json().at("/result/duplicates").size()).isEqualTo(8);
        assertThat(ok("job", "list", "--json").json().at("/_embedded/oathJobs/0/id"))
                .isEqualTo(again.json().at("/id"));
        assertThat(run("", "job", "status", again.json().at("/id").asText())
                        .endsWith(3)
                        .out())
                .contains("Rows: 0 created, 8 there already.\n");

        assertThat(ok("person", "add", "jane", "--given=Jane", "--family=Doe", "--email=jane@example.com", "--json")
                        .json()
                        .at("/name/family")
                        .asText())
                .isEqualTo("Doe");
        assertThat(ok("pair", "jane", "2308734700388", "--activation-required").out())
                .contains("waits to be activated");
        assertThat(ok("person", "show", "jane").out()).contains("2308734700388  ACTIVATION_REQUIRED");
        run("", "check", "jane").endsWith(4);

        run(code(40), "activate", "jane", "2308734700388").endsWith(4);
        run(code(41), "activate", "jane", "2308734700388").endsWith(0);
        run(code(42), "check", "jane").endsWith(0);
        assertThat(run(code(42), "check", "jane").endsWith(4).err()).contains("Wrong OTP was provided");
        assertThat(run(code(60) + code(61), "resynchronise", "2308734700388")
                        .endsWith(0)
                        .out())
                .contains("counter " + (COUNTER + 62));
        assertThat(run(code(62), "check", "jane", "--serial=2308734700388", "--json")
                        .endsWith(0)
                        .json()
                        .at("/status")
                        .asText())
                .isEqualTo("COMPLETED");

        assertThat(run("", "revoke", "2308734700388").endsWith(3).out())
                .contains("Rows: 0 revoked, 1 left alone, for somebody has them.");
        assertThat(ok("revoke", "2308734700388", "--force-unpair").out()).contains("Rows: 1 revoked.");
        assertThat(run("", "token", "show", "2308734700388").endsWith(1).err()).contains("There is no token");
        oathbound.assertNothingSecretIn(server.log());
    }

    @Test
    void aCodeThatIsFarAheadIsFollowedByTheNext() {
        String serialNumber = fob("joe");
        assertThat(run(code(serialNumber, 40) + code(serialNumber, 41), "check", "joe")
                        .endsWith(0)
                        .out())
                .contains("joe is signed on");
        assertThat(oathbound
                        .tokens("serialNumber eq \"" + serialNumber + "\"")
                        .text("/_embedded/oathTokens/0/hotp/counter"))
                .isEqualTo("" + (COUNTER + 42));
        assertThat(run("12345\n", "check", "joe").endsWith(1).err()).contains("six or eight digits");
    }

    @Test
    void wrongCodesLockAndAnAdministratorUnlocks() {
        String serialNumber = fob("lola");
        for (int wrong = 0; wrong < 3; wrong++) {
            run("00000000\n", "check", "lola").endsWith(4);
        }
        run(code(serialNumber, 0), "check", "lola").endsWith(4);
        assertThat(ok("person", "show", "lola").out()).contains("LOCKED");
        ok("unlock", "lola", serialNumber);
        run(code(serialNumber, 0), "check", "lola").endsWith(0);
        ok("unpair", "lola", serialNumber);
        assertThat(ok("tokens", "--unpaired", "--serial=" + serialNumber).out()).contains(serialNumber);
    }

    @Test
    void temporaryCodesAreOnStandardOutputAndNowhereElse() {
        String serialNumber = fob("tess");
        CommandProcess codes =
                ok("temporary-codes", "tess", "--codes=2", "--valid-for=PT2H", "--replaces", serialNumber);
        assertThat(codes.out()).matches("([0-9]{8}\n){2}");
        assertThat(codes.err()).doesNotContainPattern("[0-9]{8}");
        run(codes.out(), "check", "tess").endsWith(0);
        assertThat(ok("person", "show", "tess").out()).containsPattern("OATH_TOKEN  " + serialNumber + " +BLOCKED");
    }

    @Test
    void listsAreFoundByTheirBeginningsAndReadToTheirEnd() {
        String prefix = Seeds.serialNumber("LIST");
        Seeds.serialNumbers(prefix, 201).forEach(serialNumber -> oathbound.create(Seeds.totp(serialNumber)));
        String beginsWith = "--serial-begins-with=" + prefix;
        CommandProcess page = ok("tokens", beginsWith, "--json");
        assertThat(page.json().get("size").asInt()).isEqualTo(200);
        assertThat(page.json().get("more").asBoolean()).isTrue();
        assertThat(ok("tokens", beginsWith, "--all", "--json")
                        .json()
                        .at("/_embedded/oathTokens")
                        .size())
                .isEqualTo(201);
        assertThat(ok("tokens", beginsWith, "--all", "--type=TOTP").out().lines())
                .hasSize(202);
        assertThat(ok("tokens", beginsWith, "--type=HOTP").out().lines()).hasSize(1);
    }

    @Test
    void whatIsNeededToMoveInIsReadFromAServiceOfTheSameApi() throws IOException {
        String serialNumber = fob("=moving, \"in\"");
        run(code(serialNumber, 40) + code(serialNumber, 41), "check", "=moving, \"in\"")
                .endsWith(0);
        environment.put("OATHBOUND_SOURCE_API_URL", oathbound.root() + "/v1");
        environment.put("OATHBOUND_SOURCE_ENVIRONMENT_ID", oathbound.environment());
        environment.put("OATHBOUND_SOURCE_CLIENT_ID", oathbound.clientId());
        environment.put("OATHBOUND_SOURCE_CLIENT_SECRET", oathbound.clientSecret());
        Path state = folder.resolve("state.csv");
        ok("moving-in", "pingone", "--output", state.toString());
        String row = serialNumber + ",\"'=moving, \"\"in\"\"\"," + (COUNTER + 42) + ",,ACTIVE\r\n";
        assertThat(Files.readString(state))
                .startsWith("serial,username,counter,drift,status\r\n")
                .contains(row);

        ok("revoke", serialNumber, "--force-unpair");
        Files.writeString(state, "serial,username,counter,drift,status\r\n" + row);
        Path seeds = Files.writeString(
                folder.resolve("vendor.csv"), serialNumber + "," + secret(serialNumber) + ",hotp,8\n");
        String[] arguments = {"import", seeds.toString(), "--format=OATH_CSV", "--state=" + state};
        assertThat(ok(arguments).out()).contains("Rows: 1 created.", "Pairings made: 1");
        run(code(serialNumber, 42), "check", "=moving, \"in\"").endsWith(0);
    }

    @Test
    void aPreviewTellsOfEveryRowAndChangesNothing() throws IOException {
        String good = Seeds.serialNumber("GOOD");
        Path seeds = Files.writeString(
                folder.resolve("seeds.csv"), good + "," + Seeds.secret(good) + ",hotp,6\nBAD,0ops,hotp,6\n");
        Path report = folder.resolve("report.csv");
        CommandProcess preview =
                run("", "import", seeds.toString(), "--format=OATH_CSV", "--preview", "--report=" + report);
        assertThat(preview.endsWith(3).out())
                .contains("This is a preview", "Rows: 1 created, 1 faulty.", "2    BAD    secret: ");
        assertThat(Files.readString(report))
                .contains("\"CREATE\"", "\"FAULTY\"")
                .doesNotContain(Seeds.secret(good));
        assertThat(oathbound.has(good)).isFalse();

        String id = run("", "import", seeds.toString(), "--format=OATH_CSV", "--json")
                .endsWith(3)
                .json()
                .at("/id")
                .asText();
        assertThat(ok("job", "report", id).out())
                .contains("BAD", "# end: 1 lines")
                .doesNotContain(good);
        assertThat(oathbound.has(good)).isTrue();
    }

    @Test
    void reportsAreTablesOrJson() {
        String serialNumber = fob("rita");
        assertThat(ok("report", "tokens").out()).contains("\"" + serialNumber + "\"", "\"rita\"", "# end: ");
        assertThat(ok("report", "tokens", "--json").json().toString()).contains("\"" + serialNumber + "\"");
        assertThat(ok("report", "ending", "--within=P30D").out())
                .contains("# end: ")
                .doesNotContain(serialNumber);
        assertThat(ok("report", "not-activated").out()).contains("# end: ");
    }

    @Test
    void aBackupOfTheServiceIsWholeAndForItsOwnerOnly() throws IOException {
        Path backup = folder.resolve("backup.ldif");
        ok("backup", "--from-service", backup.toString());
        assertThat(Files.readString(backup)).containsPattern("# end: [0-9]{10} entries, crc32c [0-9a-f]{8}\n$");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        run("", "backup", "--from-service", backup.toString()).endsWith(2);
    }

    @Test
    void whatIsWrongIsToldByTheExitCode() throws IOException {
        run("", "tokens", "--nonsense").endsWith(2);
        run("", "tokens", "--url=http://localhost:1").endsWith(5);
        assertThat(run("", "person", "add", " ").endsWith(1).err()).contains("username: ", "  id ");
        Path open = Files.writeString(folder.resolve("credentials"), "OATHBOUND_CLIENT_SECRET=x\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("", "tokens", "--credentials", open.toString())
                        .endsWith(2)
                        .err())
                .contains("chmod 600 " + open);
        environment.put("OATHBOUND_CLIENT_SECRET", "another");
        environment.put("OATHBOUND_CLIENT_ID", oathbound.clientId());
        environment.put("OATHBOUND_ENVIRONMENT_ID", oathbound.environment());
        assertThat(run("", "tokens").endsWith(1).err()).contains("this is not its secret");
    }

    @Test
    void theScriptFindsTheJarByALinkToo() throws IOException {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        Path link = Files.createSymbolicLink(
                folder.resolve("oathbound"), Path.of("bin", "oathbound").toAbsolutePath());
        CommandProcess version = CommandProcess.run(List.of(link.toString()), environment, "", "version");
        assertThat(version.endsWith(0).out()).startsWith("Oathbound ");
        CommandProcess help = CommandProcess.run(List.of(link.toString()), environment, "", "--help");
        assertThat(help.endsWith(0).out()).contains("Usage: oathbound", "Exit codes:");
    }
}
