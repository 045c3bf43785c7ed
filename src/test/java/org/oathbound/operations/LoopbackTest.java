package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.Machine;

class LoopbackTest {

    private static final String LDAP = "127.0.0.1";

    /** A machine with these addresses. */
    private static List<InetAddress> machine(String... addresses) {
        return Stream.of(addresses).map(LoopbackTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void require(List<InetAddress> machine, String answersAt, String ldapAddress) {
        InetSocketAddress http = new InetSocketAddress(address(answersAt), 8080);
        new Loopback(8080, "127.0.0.1", ldapAddress).require(machine, asked -> asked.equals(http));
    }

    @Nested
    @DisplayName("HTTP answers at no address but loopback")
    class Http {

        @ParameterizedTest
        @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "fe80::7"})
        void elseItIsRefusedAndToldHowToBind(String elsewhere) {
            List<InetAddress> machine = machine("127.0.0.1", "198.51.100.9", "2001:db8::7", "fe80::7", "192.0.2.7");
            assertThatThrownBy(() -> require(machine, elsewhere, LDAP))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(address(elsewhere).getHostAddress() + " port 8080")
                    .hasMessageContaining("--prebootcommandfile server-config/loopback.asadmin")
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.0.0.0", "192.0.2.7"})
        void norWillItLaterWhereItDoesNotListenYet(String configured) {
            Loopback loopback = new Loopback(8080, configured, LDAP);
            assertThatThrownBy(() -> loopback.require(machine("127.0.0.1", "192.0.2.7"), asked -> false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(configured + " port 8080")
                    .hasMessageContaining("OATHBOUND_HTTP_ADDRESS");
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
        void loopbackItselfMayAnswer(String loopback) {
            assertThatCode(() -> require(machine("127.0.0.1", "127.0.0.2", "::1", "192.0.2.7"), loopback, LDAP))
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    @DisplayName("LDAP listens at no address but loopback")
    class Ldap {

        @ParameterizedTest
        @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no such host"})
        void elseItIsRefused(String ldapAddress) {
            assertThatThrownBy(() -> require(machine("192.0.2.7"), "127.0.0.1", ldapAddress))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("oathbound.ldap.address")
                    .hasMessageContaining(ldapAddress);
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
        void loopbackIsTaken(String ldapAddress) {
            assertThatCode(() -> require(machine("192.0.2.7"), "127.0.0.1", ldapAddress))
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    @DisplayName("A port answers when somebody listens")
    class Answers {

        @Test
        void andOnlyThen() throws Exception {
            InetSocketAddress address;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                address = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
                assertThat(Loopback.answers(address)).isTrue();
            }
            assertThat(Loopback.answers(address)).isFalse();
        }

        @Test
        void onEveryAddressOfThisMachineWhereNoneIsNamed() throws Exception {
            List<InetAddress> others = Loopback.ofThisMachine()
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
            Machine.mustHave(!others.isEmpty(), "an address besides loopback");
            try (ServerSocket socket = new ServerSocket(0)) {
                Loopback loopback = new Loopback(socket.getLocalPort(), "127.0.0.1", LDAP);
                assertThatThrownBy(loopback::require).isInstanceOf(IllegalStateException.class);
            }
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThatCode(new Loopback(socket.getLocalPort(), "127.0.0.1", LDAP)::require)
                        .doesNotThrowAnyException();
            }
        }
    }
}
