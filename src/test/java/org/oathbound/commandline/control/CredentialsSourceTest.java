package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsSourceTest {

    private static final String ID = "0b6b3f4d-2b33-4bd2-a1a6-0a0f6b5d3c11";

    @TempDir
    Path folder;

    private final Map<String, String> variables = new HashMap<>();

    private Path file(String name, String clientId) throws IOException {
        Path file = Files.writeString(
                folder.resolve(name),
                "# from somewhere\nOATHBOUND_ENVIRONMENT_ID=" + ID + "\nexport OATHBOUND_CLIENT_ID=" + clientId
                        + "\nOATHBOUND_CLIENT_SECRET=a=b\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void setVariables(String clientId) {
        variables.put("OATHBOUND_ENVIRONMENT_ID", ID);
        variables.put("OATHBOUND_CLIENT_ID", clientId);
        variables.put("OATHBOUND_CLIENT_SECRET", "secret");
    }

    private Credentials find() {
        return new CredentialsSource(variables).find(null, null, null, folder);
    }

    @Test
    void onTheHostTheServicesOwnAreFoundWithoutAWord() throws IOException {
        file("bootstrap.env", "of-the-host");
        assertThat(find())
                .isEqualTo(new Credentials(
                        "http://localhost:8080", "http://localhost:8080", UUID.fromString(ID), "of-the-host", "a=b"));
    }

    @Test
    void variablesComeBeforeTheHosts() throws IOException {
        file("bootstrap.env", "of-the-host");
        setVariables("of-variables");
        assertThat(find().clientId()).isEqualTo("of-variables");
    }

    @Test
    void aFileThatAVariableNamesComesBeforeTheHosts() throws IOException {
        file("bootstrap.env", "of-the-host");
        variables.put("OATHBOUND_CREDENTIALS", file("mine", "of-the-file").toString());
        assertThat(find().clientId()).isEqualTo("of-the-file");
    }

    @Test
    void aFileThatIsNamedComesBeforeAll() throws IOException {
        setVariables("of-variables");
        Path mine = file("mine", "of-the-file");
        assertThat(new CredentialsSource(variables)
                        .find(mine, null, null, folder)
                        .clientId())
                .isEqualTo("of-the-file");
    }

    @Test
    void anAddressOnTheCommandLineComesBeforeTheVariables() {
        setVariables("any");
        variables.put("OATHBOUND_URL", "https://one.example.com/");
        assertThat(find().api()).isEqualTo("https://one.example.com");
        assertThat(new CredentialsSource(variables)
                        .find(null, "https://two.example.com/base//", null, folder)
                        .api())
                .isEqualTo("https://two.example.com/base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
    void whatOthersCanReadIsRefused(String mode) throws IOException {
        Path mine = file("mine", "any");
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> new CredentialsSource(variables).find(mine, null, null, folder))
                .hasMessage("Others can read " + mine + ": chmod 600 " + mine)
                .matches(e -> ((Failure) e).exitCode() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OATHBOUND_ENVIRONMENT_ID", "OATHBOUND_CLIENT_ID", "OATHBOUND_CLIENT_SECRET"})
    void whatIsMissingIsNamed(String name) {
        setVariables("any");
        variables.remove(name);
        assertThatThrownBy(this::find).hasMessageContaining(name).matches(e -> ((Failure) e).exitCode() == 2);
    }

    @Test
    void aMissingFileOfTheHostIsNamedWithItsWholePath() {
        assertThatThrownBy(this::find)
                .hasMessageContaining(
                        folder.resolve("bootstrap.env").toAbsolutePath().toString())
                .hasMessageContaining("--data-dir")
                .hasMessageContaining("--credentials")
                .matches(e -> ((Failure) e).exitCode() == 2);
    }

    @Test
    void certificatesAreNamedOnTheCommandLineOrInTheFile() throws IOException {
        Path mine = file("mine", "any");
        Files.writeString(mine, "OATHBOUND_CACERT=/etc/ca.pem\n", StandardOpenOption.APPEND);
        CredentialsSource source = new CredentialsSource(variables);
        assertThat(source.find(mine, null, null, folder).caCertificates()).isEqualTo(Path.of("/etc/ca.pem"));
        assertThat(source.find(mine, null, Path.of("other"), folder).caCertificates())
                .isEqualTo(Path.of("other"));
        setVariables("any");
        assertThat(find().caCertificates()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://example.com", "https://", "http://exa mple.com"})
    void anAddressThatIsNoneIsRefused(String url) {
        setVariables("any");
        variables.put("OATHBOUND_URL", url);
        assertThatThrownBy(this::find).isInstanceOf(Failure.class).hasMessageContaining(url);
    }

    @Test
    void nothingSecretIsInTheirText() {
        setVariables("any");
        assertThat(find().toString()).doesNotContain("secret").contains("any");
    }

    @Test
    void theSourceHasItsOwnNamesAndPingOnesTwoHosts() {
        setVariables("of-the-target");
        variables.put("OATHBOUND_SOURCE_API_URL", "https://api.pingone.eu/v1");
        variables.put("OATHBOUND_SOURCE_AUTH_URL", "https://auth.pingone.eu");
        variables.put("OATHBOUND_SOURCE_ENVIRONMENT_ID", ID);
        variables.put("OATHBOUND_SOURCE_CLIENT_ID", "of-the-source");
        variables.put("OATHBOUND_SOURCE_CLIENT_SECRET", "other");
        Credentials source = new CredentialsSource(variables).findSource(null);
        assertThat(source.api()).isEqualTo("https://api.pingone.eu");
        assertThat(source.authorization()).isEqualTo("https://auth.pingone.eu");
        assertThat(source.clientId()).isEqualTo("of-the-source");
        assertThat(source.clientSecret()).isEqualTo("other");
    }

    @Test
    void theTargetsCredentialsAreNeverSentToTheSource() {
        setVariables("of-the-target");
        variables.put("OATHBOUND_SOURCE_API_URL", "https://api.pingone.eu");
        assertThatThrownBy(() -> new CredentialsSource(variables).findSource(null))
                .hasMessageContaining("OATHBOUND_SOURCE_ENVIRONMENT_ID");
    }
}
