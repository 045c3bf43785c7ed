package org.oathbound.operations.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationCheckTest {

    private static final String ID = "5f3e2c1a-9b8d-4e7f-a6c5-0123456789ab";
    private static final String ID_OF_VARIABLE = "5F3E2C1A_9B8D_4E7F_A6C5_0123456789AB";

    private static ConfigurationCheck property(String name, String value) {
        return ConfigurationCheck.of(Map.of(name, value), Map.of());
    }

    private static ConfigurationCheck variable(String name, String value) {
        return ConfigurationCheck.of(Map.of(), Map.of(name, value));
    }

    private static void assertRight(ConfigurationCheck check) {
        assertThat(check.failures()).isEmpty();
        assertThat(check.warnings()).isEmpty();
    }

    @Nested
    @DisplayName("An unknown property is a failure")
    class Properties {

        @ParameterizedTest
        @CsvSource(textBlock = """
                oathbound.data-dri,                           oathbound.data-dir
                oathbound.ldap.prt,                           oathbound.ldap.port
                oathbound.people.%1$s.pasword,                oathbound.people.%1$s.password
                oathbound.foreign-issuer.corp.jwks-ulr,       oathbound.foreign-issuer.corp.jwks-url
                oathbound.foreign-issuer.corp.audienc,        oathbound.foreign-issuer.corp.audience
                """)
        void thatNamesANearOne(String name, String meant) {
            String unknown = name.formatted(ID);
            assertThat(property(unknown, "x").failures())
                    .containsExactly(
                            unknown + " is no property of Oathbound; did you mean " + meant.formatted(ID) + "?");
        }

        @Test
        void whereNoneIsNear() {
            assertThat(property("oathbound.colour", "red").failures())
                    .containsExactly("oathbound.colour is no property of Oathbound.");
        }

        @Test
        void evenWithoutAValue() {
            assertThat(property("oathbound.colour", "").failures()).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({"org.oathbound.launched", "oathbounds.x", "java.version", "oathbound"})
        void butNotThoseOfOthers(String name) {
            assertRight(property(name, "x"));
        }
    }

    @Nested
    @DisplayName("An unknown variable is a failure when it is nearly a known one, else a warning")
    class Variables {

        @ParameterizedTest
        @CsvSource(textBlock = """
                OATHBOUND_DATA_DRI,                      OATHBOUND_DATA_DIR
                OATHBOUND_DEMOS,                         OATHBOUND_DEMO
                OATHBOUND_HTTP_ADDRES,                   OATHBOUND_HTTP_ADDRESS
                oathbound_data_dri,                      OATHBOUND_DATA_DIR
                oathbound.data-dri,                      OATHBOUND_DATA_DIR
                OATHBOUND_PEOPLE_%1$s_ULR,               OATHBOUND_PEOPLE_%1$s_URL
                """)
        void thatIsNear(String name, String meant) {
            String unknown = name.formatted(ID_OF_VARIABLE);
            ConfigurationCheck check = variable(unknown, "x");
            assertThat(check.failures())
                    .containsExactly(unknown + " is no variable of Oathbound; did you mean "
                            + meant.formatted(ID_OF_VARIABLE) + "?");
            assertThat(check.warnings()).isEmpty();
        }

        @ParameterizedTest
        @DisplayName("such as those that Kubernetes sets for a service of the name oathbound")
        @CsvSource({
            "OATHBOUND_HTTP_PORT",
            "OATHBOUND_SERVICE_HOST",
            "OATHBOUND_SERVICE_PORT",
            "OATHBOUND_SERVICE_PORT_HTTP",
            "OATHBOUND_SERVICE_PORT_LDAP",
            "OATHBOUND_PORT",
            "OATHBOUND_PORT_8080_TCP",
            "OATHBOUND_PORT_8080_TCP_PROTO",
            "OATHBOUND_PORT_8080_TCP_PORT",
            "OATHBOUND_PORT_8080_TCP_ADDR"
        })
        void thatIsFar(String name) {
            ConfigurationCheck check = variable(name, "tcp://10.0.0.1:8080");
            assertThat(check.failures()).isEmpty();
            assertThat(check.warnings()).containsExactly(name + " is no variable of Oathbound.");
        }

        @ParameterizedTest
        @DisplayName("or near to one that only a command reads")
        @CsvSource({"OATHBOUND_UID, 1000", "OATHBOUND_CLIENTID, x"})
        void thatIsNearToACommandsOwn(String name, String value) {
            assertThat(variable(name, value).failures()).isEmpty();
            assertThat(variable(name, value).warnings()).containsExactly(name + " is no variable of Oathbound.");
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                OATHBOUND_DATA_DIR
                oathbound_data_dir
                oathbound.data-dir
                OATHBOUND_CREDENTIALS
                OATHBOUND_FILE_KEY
                OATHBOUND_PEOPLE_5F3E2C1A_9B8D_4E7F_A6C5_0123456789AB_URL
                OATHBOUND_FOREIGN_ISSUER_CORP_HELP_DESK
                OATHBOUNDARY
                PATH
                """)
        void knownOnesAndThoseOfOthersAreNeither(String name) {
            assertRight(variable(name, "x"));
        }

        @Test
        void whatIsInternalHasNone() {
            assertThat(variable("OATHBOUND_COMMANDS", "true").warnings()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("A value that can't be read is a failure")
    class Values {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                oathbound.ldap.port                          | 13x9            | a port from 0 to 65535
                oathbound.ldap.port                          | 65536           | a port from 0 to 65535
                oathbound.ldap.port                          | +1389           | a port from 0 to 65535
                oathbound.ldap.port                          | ١٣٨٩            | a port from 0 to 65535
                oathbound.audit.max-file-mib                 | 513             | a whole number from 1 to 512
                oathbound.snapshots.after                    | 9999999999999999999 | a whole number from 0 to 9223372036854775807
                oathbound.limits.address                     | -1              | a whole number from 0 to 2147483647
                oathbound.journal.sync                       | yes             | true or false
                oathbound.ldap.idle-timeout                  | 10m             | a duration of ISO 8601, such as PT10M for minutes or P7D for days
                oathbound.audit.keep-for                     | P-1D            | a duration of ISO 8601, such as PT10M for minutes or P7D for days
                oathbound.snapshots.keep-for                 | P1M             | a duration of ISO 8601, such as PT10M for minutes or P7D for days
                oathbound.bootstrap.client-id                | admin           | a UUID
                oathbound.foreign-issuer.corp.environment    | first           | a UUID
                oathbound.public-url                         | example.com     | an absolute http or https URL
                oathbound.issuer-url                         | ftp://host/     | an absolute http or https URL
                oathbound.ldap.address                       | 127.0.0.1 ::1   | an IP address or a host name
                oathbound.trusted-proxies                    | 10.0.0.1,proxy  | addresses and networks, such as 10.0.0.0/8, with commas between
                """)
        void ofEachKind(String name, String value, String wanted) {
            assertThat(property(name, value).failures())
                    .containsExactly(name + " must be " + wanted + ", not \"" + value + "\".");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                oathbound.ldap.port                          | 0
                oathbound.ldap.port                          | 65535
                oathbound.ldap.port                          | ${PORT}
                oathbound.ldap.port                          | ''
                oathbound.snapshots.after                    | 9223372036854775807
                oathbound.journal.sync                       | FALSE
                oathbound.snapshots.keep-for                 | P7D
                oathbound.ldap.idle-timeout                  | PT0.5S
                oathbound.bootstrap.client-id                | 5f3e2c1a-9b8d-4e7f-a6c5-0123456789AB
                oathbound.public-url                         | https://oathbound.example.com:8443/otp/
                oathbound.foreign-issuer.corp.jwks-url       | https://login.example.com/keys?p=1
                oathbound.ldap.address                       | ::1
                oathbound.ldap.address                       | fe80::1%eth0
                oathbound.ldap.address                       | localhost
                oathbound.trusted-proxies                    | 10.0.0.0/8, ::1,
                """)
        void butNotARightOne(String name, String value) {
            assertRight(property(name, value));
        }

        @Test
        void ofAVariableIsNamedByItsProperty() {
            assertThat(variable("OATHBOUND_LDAP_PORT", "13x9").failures())
                    .containsExactly("oathbound.ldap.port must be a port from 0 to 65535, not \"13x9\".");
        }

        @Test
        void ofAVariableWithAVariablePartIsNamedByItself() {
            assertThat(variable("OATHBOUND_FOREIGN_ISSUER_CORP_JWKS_URL", "here")
                            .failures())
                    .containsExactly("OATHBOUND_FOREIGN_ISSUER_CORP_JWKS_URL must be an absolute http or https URL, not"
                            + " \"here\".");
        }

        @Test
        void isNotShownWhenItIsLongOrHasLines() {
            assertThat(property("oathbound.demo", "a\nb").failures())
                    .containsExactly("oathbound.demo must be true or false.");
            assertThat(property("oathbound.demo", "x".repeat(101)).failures())
                    .containsExactly("oathbound.demo must be true or false.");
        }

        @ParameterizedTest
        @CsvSource({
            "oathbound.keys.value",
            "oathbound.keys.command",
            "oathbound.bootstrap.client-secret",
            "oathbound.bootstrap.ldap-password",
            "oathbound.people.password"
        })
        void isNeverASecret(String name) {
            assertThat(KnownProperties.property(name))
                    .hasValueSatisfying(known -> assertThat(known.kind()).isSameAs(ValueKind.SECRET));
            assertRight(property(name, "hunter2\n"));
        }
    }

    @Test
    void severalFailuresAreOneMessage() {
        ConfigurationCheck check = ConfigurationCheck.of(
                Map.of("oathbound.demo", "on", "oathbound.colour", "red"), Map.of("OATHBOUND_DATA_DRI", "x"));
        assertThatIllegalStateException()
                .isThrownBy(check::requireNoFailure)
                .withMessage("oathbound.colour is no property of Oathbound. oathbound.demo must be true or false, not"
                        + " \"on\". OATHBOUND_DATA_DRI is no variable of Oathbound; did you mean OATHBOUND_DATA_DIR?");
    }

    @Test
    void withoutFailuresNothingIsThrown() {
        variable("OATHBOUND_PORT", "tcp://10.0.0.1:8080").requireNoFailure();
    }

    @Test
    void aVariableDoesNotCountWhereAPropertyIsSet() {
        ConfigurationCheck check = ConfigurationCheck.of(
                Map.of("oathbound.ldap.port", "1389"), Map.of("OATHBOUND_LDAP_PORT", "tcp://10.0.0.5:1389"));
        assertRight(check);
    }

    @ParameterizedTest
    @CsvSource({"oathbound.public-url, https://otp.example.com/?a=b", "oathbound.issuer-url, https://otp.example.com#x"
    })
    void aBaseUrlHasNoQuery(String name, String url) {
        assertThat(property(name, url).failures()).singleElement().asString().contains(name, url);
    }
}
