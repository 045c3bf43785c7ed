package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR on a plain Payara Micro, as those deploy it who have one: it does the main job. */
@ExtendWith(ArquillianExtension.class)
class DeployedWarIT {

    /** Failsafe says so to the server, too. */
    private static final Path DATA = Path.of(System.getenv().getOrDefault("OATHBOUND_DATA_DIR", "data"));

    private static final Path LOG = Path.of("target", "it-server.log");

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it
    private URL deployed;

    @Deployment(testable = false)
    static WebArchive product() {
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(Path.of(System.getProperty("it.war", "target/oathbound.war"))
                        .toFile())
                .as(WebArchive.class);
    }

    @AfterAll
    static void nothingConfidentialIsWrittenDown() {
        LogSearch.assertNothingConfidential(LOG, 0, DATA);
    }

    @Test
    void aSeedFileGoesInAFobIsPairedAndItsCodeWorksOnce() throws Exception {
        // The machine's own address is in the URL; tests and server talk over the loopback.
        Oathbound oathbound =
                new Oathbound(deployed.getPort(), Integer.parseInt(System.getenv("OATHBOUND_LDAP_PORT")), DATA);
        assertThat(oathbound.page("/health/ready").status()).isEqualTo(200);
        assertThat(oathbound
                        .done(Oathbound.CREATE, Seeds.eightTokens())
                        .at("/result")
                        .toString())
                .isEqualTo("{\"created\":8}");
        String serialNumber = Seeds.serialNumber("WAR");
        assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);

        OwnDevices jane = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("jane"));
        String device = jane.paired(serialNumber, "ACTIVE");
        String code = Seeds.code(serialNumber, 0);
        assertThat(oathbound.signOn(jane.user(), device, code).text("/status")).isEqualTo("COMPLETED");
        assertThat(oathbound.signOn(jane.user(), device, code).text("/status")).isNotEqualTo("COMPLETED");

        try (LDAPConnection ldap = oathbound.ldap()) {
            assertThat(ldap.search("ou=Tokens," + Oathbound.SUFFIX, SearchScope.ONE, "(oathTokenSerialNumber=*)")
                            .getEntryCount())
                    .isEqualTo(9);
        }
        oathbound.assertNothingSecretIn(log());
    }

    private static String log() throws IOException {
        String log = Files.readString(LOG);
        assertThat(log).contains(" FINEST ");
        return log;
    }
}
