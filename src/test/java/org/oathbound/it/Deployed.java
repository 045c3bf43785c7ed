package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Maven built, on a Payara Micro of its own for each class of tests. */
@ExtendWith(ArquillianExtension.class)
abstract class Deployed {

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it
    private URL deployed;

    protected Oathbound oathbound;

    @Deployment(testable = false)
    static WebArchive product() {
        Oathbound.forgetEverything();
        return Oathbound.built();
    }

    @BeforeEach
    void connect() {
        oathbound = new Oathbound(deployed);
    }

    protected void assertNothingSecretWasLogged() {
        String log = Oathbound.log();
        assertThat(log).as("the log").contains(" FINEST ");
        Seeds.assertNoSecretIn(log);
        assertThat(oathbound.credentials().filter(log::contains))
                .as("credentials in the log")
                .isEmpty();
    }
}
