package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.unboundidds.OneTimePassword;
import com.unboundid.util.Base32;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Machine;

/** Tools that others have written for PingDirectory and for any LDAP server, each as a process of its own. */
class DirectoryToolsIT {

    private static final String PASSWORD = "correct horse";
    private static final String PEOPLE = "ou=People," + Oathbound.SUFFIX;
    private static final Pattern SECRET = Pattern.compile("\\b[A-Z2-7]{32}\\b");

    @TempDir
    private static Path temporary;

    private static ServerProcess server;
    private static Oathbound oathbound;

    private String username;
    private String user;

    @BeforeAll
    static void start() {
        server = ServerProcess.startForLong(temporary.resolve("data"), Map.of());
        oathbound = server.oathbound();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void somebody() {
        username = Seeds.serialNumber("tool").toLowerCase(Locale.ROOT);
        var wanted = new JsonMapper().createObjectNode().put("username", username);
        wanted.putObject("password").put("value", PASSWORD);
        Answer created = oathbound.post("/users", Oathbound.JSON, wanted);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        user = created.text("/id");
    }

    private String name() {
        return "uid=" + username + "," + PEOPLE;
    }

    private String identity() {
        return "u:" + username;
    }

    private static String code(String secret) throws Exception {
        return OneTimePassword.totp(Base32.decode(secret), System.currentTimeMillis(), 30, 6);
    }

    private int devices() {
        return oathbound
                .get("/users/" + user + "/devices")
                .json()
                .at("/_embedded/devices")
                .size();
    }

    /** How one of the SDK's is started. */
    private static List<String> start(String tool) {
        CodeSource jar = LDAPConnection.class.getProtectionDomain().getCodeSource();
        return List.of(
                CommandProcess.java(),
                "-cp",
                Path.of(jar.getLocation().getPath()).toString(),
                "com.unboundid.ldap.sdk.unboundidds.tools." + tool,
                "--hostname",
                "127.0.0.1",
                "--port",
                Integer.toString(server.ldapPort()));
    }

    private static CommandProcess sdk(String tool, String... arguments) {
        return CommandProcess.run(start(tool), Map.of(), "", arguments);
    }

    private static String[] asAdministrator(String... arguments) {
        return Stream.concat(
                        Stream.of(
                                "--bindDN", "cn=admin," + Oathbound.SUFFIX, "--bindPassword", oathbound.ldapPassword()),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    private String[] byCode(String code, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                "--saslOption",
                                "mech=UNBOUNDID-TOTP",
                                "--saslOption",
                                "authID=" + identity(),
                                "--saslOption",
                                "totpPassword=" + code,
                                "--bindPassword",
                                PASSWORD),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    private static String secret(CommandProcess process) {
        process.endsWith(0);
        Matcher matcher = SECRET.matcher(process.out());
        assertThat(matcher.find()).as(process.out()).isTrue();
        return matcher.group();
    }

    private String generated() {
        return secret(sdk("GenerateTOTPSharedSecret", "--authID", identity(), "--userPassword", PASSWORD));
    }

    @Nested
    class GenerateTotpSharedSecret {

        @Test
        void byHimself() throws Exception {
            String secret = generated();
            assertThat(devices()).isEqualTo(1);
            sdk("LDAPSearch", byCode(code(secret), "--baseDN", name(), "--scope", "base", "(objectClass=*)", "uid"))
                    .endsWith(0);
        }

        @Test
        void byTheAdministrator() throws Exception {
            String secret = secret(sdk("GenerateTOTPSharedSecret", asAdministrator("--authID", "dn:" + name())));
            sdk("LDAPSearch", byCode(code(secret), "--baseDN", name(), "--scope", "base", "(objectClass=*)", "uid"))
                    .endsWith(0);
        }

        @Test
        void notByAWrongPassword() {
            sdk("GenerateTOTPSharedSecret", "--authID", identity(), "--userPassword", "wrong")
                    .endsWith(ResultCode.INVALID_CREDENTIALS_INT_VALUE);
            assertThat(devices()).isZero();
        }

        @Test
        void oneIsRevoked() {
            String first = generated();
            generated();
            sdk("GenerateTOTPSharedSecret", "--authID", identity(), "--userPassword", PASSWORD, "--revoke", first)
                    .endsWith(0);
            assertThat(devices()).isEqualTo(1);
        }

        @Test
        void allAre() {
            generated();
            generated();
            sdk("GenerateTOTPSharedSecret", "--authID", identity(), "--userPassword", PASSWORD, "--revokeAll")
                    .endsWith(0);
            assertThat(devices()).isZero();
        }
    }

    @Nested
    class BySaslWithACode {

        @Test
        void aCodeSearchesOnce() throws Exception {
            String code = code(generated());
            String[] search = byCode(code, "--baseDN", name(), "--scope", "base", "(objectClass=*)", "uid");
            assertThat(sdk("LDAPSearch", search).endsWith(0).out()).contains("uid: " + username);
            sdk("LDAPSearch", search).endsWith(ResultCode.INVALID_CREDENTIALS_INT_VALUE);
        }

        @Test
        void nobodyModifiesHimself() throws Exception {
            CommandProcess modify = CommandProcess.run(
                    start("LDAPModify"),
                    Map.of(),
                    "dn: " + name() + "\nchangetype: modify\nreplace: sn\nsn: Doe\n",
                    byCode(code(generated())));
            modify.endsWith(ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE);
        }

        @Test
        void aComparisonOfHisOwn() throws Exception {
            sdk("LDAPCompare", byCode(code(generated()), "uid:" + username, name()))
                    .endsWith(0);
        }
    }

    /** Of the package ldap-utils. */
    @Nested
    class OfOpenLdap {

        @BeforeEach
        void areHere() {
            Machine.mustHave(Machine.runs("ldapwhoami", "-VV"), "OpenLDAP's tools: apt install ldap-utils");
        }

        private CommandProcess tool(String tool, String name, String password, String... arguments) {
            List<String> start = new ArrayList<>(
                    List.of(tool, "-x", "-H", "ldap://127.0.0.1:" + server.ldapPort(), "-D", name, "-w", password));
            return CommandProcess.run(start, Map.of(), "", arguments);
        }

        @Test
        void whoHeIsByPasswordAndCode() throws Exception {
            String line = PASSWORD + code(generated());
            assertThat(tool("ldapwhoami", name(), line).endsWith(0).out().strip())
                    .isEqualToIgnoringCase("dn:" + name());
            tool("ldapwhoami", name(), line).endsWith(ResultCode.INVALID_CREDENTIALS_INT_VALUE);
        }

        @Test
        void himselfAndNoSecret() throws Exception {
            CommandProcess found =
                    tool("ldapsearch", name(), PASSWORD + code(generated()), "-LLL", "-b", Oathbound.SUFFIX, "(uid=*)");
            assertThat(found.endsWith(0).out()).contains("uid: " + username).doesNotContain("userPassword");
        }

        @Test
        void aCodeIsComparedOnce() {
            String serialNumber = Seeds.serialNumber("cmp");
            Answer created = oathbound.create(Seeds.hotp(serialNumber));
            OwnDevices.of(oathbound, user).paired(serialNumber, "ACTIVE");
            Oathbound authenticator = oathbound.asWorker("Authenticator");
            String application = "oathboundId=" + authenticator.clientId() + ",ou=Applications," + Oathbound.SUFFIX;
            String dn = "oathTokenIdentifier=" + created.text("/id") + ",ou=Tokens," + Oathbound.SUFFIX;
            String code = Seeds.code(serialNumber, 0);
            assertThat(tool("ldapcompare", application, authenticator.clientSecret(), dn, "oathSecret:" + code)
                            .exitCode())
                    .isEqualTo(ResultCode.COMPARE_TRUE_INT_VALUE);
            assertThat(tool("ldapcompare", application, authenticator.clientSecret(), dn, "oathSecret:" + code)
                            .exitCode())
                    .isEqualTo(ResultCode.COMPARE_FALSE_INT_VALUE);
        }

        @Test
        void aPasswordIsSet() {
            tool("ldappasswd", name(), PASSWORD, "-s", "another horse").endsWith(0);
            tool("ldapwhoami", name(), PASSWORD).endsWith(ResultCode.INVALID_CREDENTIALS_INT_VALUE);
            tool("ldapwhoami", name(), "another horse").endsWith(0);
        }
    }
}
