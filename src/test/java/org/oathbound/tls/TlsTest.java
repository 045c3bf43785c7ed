package org.oathbound.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class TlsTest {

    private static final PemPair ONE = PemPair.rsa("one");
    private static final PemPair TWO = PemPair.ec("two");

    @TempDir
    Path folder;

    private Tls read() {
        return Tls.read(folder.resolve("cert.pem"), folder.resolve("key.pem"), Clock.systemUTC());
    }

    /** What a client would be shown. */
    private static String shown(X509ExtendedKeyManager keys) {
        for (String type : List.of("RSA", "EC", "EdDSA")) {
            String alias = keys.chooseEngineServerAlias(type, null, null);
            if (alias != null) {
                assertThat(keys.getPrivateKey(alias).getAlgorithm()).isEqualTo(type);
                return keys.getCertificateChain(alias)[0]
                        .getSubjectX500Principal()
                        .getName();
            }
        }
        return "none";
    }

    private static String shown(Tls tls) {
        return shown(tls.keyManager());
    }

    private static void lookUntilSettled(Tls tls) {
        tls.look();
        tls.look();
    }

    @Nested
    @DisplayName("A start is refused with the file and what to do")
    class Refused {

        private void refused(String... parts) {
            assertThatIllegalStateException()
                    .isThrownBy(TlsTest.this::read)
                    .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("MII"))
                    .havingCause()
                    .satisfies(cause -> assertThat(cause).isInstanceOf(IOException.class));
        }

        private void refusedWithoutCause(String... parts) {
            assertThatIllegalStateException()
                    .isThrownBy(TlsTest.this::read)
                    .withNoCause()
                    .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("MII"));
        }

        @Test
        void whenAFileIsMissing() throws IOException {
            ONE.write(folder);
            Files.delete(folder.resolve("cert.pem"));
            refused("cert.pem is not there");
        }

        @Test
        void whenTheKeyIsMissing() throws IOException {
            ONE.write(folder);
            Files.delete(folder.resolve("key.pem"));
            refused("key.pem is not there");
        }

        @Test
        void whenTheyDoNotFitTogether() throws IOException {
            ONE.write(folder);
            PemPair.rsa("other").writeKey(folder);
            refusedWithoutCause("key.pem is not the key of the first certificate");
            TWO.writeKey(folder);
            refusedWithoutCause("key.pem is not the key of the first certificate");
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw----r--", "rw-r-----", "rw--w----", "rw-----w-"})
        void whenOthersCanReadOrWriteTheKey(String permissions) throws IOException {
            ONE.write(folder);
            Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString(permissions));
            refusedWithoutCause("key.pem has the permissions " + permissions, "0600");
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
        void whenTheKeyIsWrittenInAnotherWay(String label) throws IOException {
            ONE.write(folder);
            Files.writeString(folder.resolve("key.pem"), ONE.key().replace("PRIVATE KEY", label));
            refusedWithoutCause("BEGIN " + label, "openssl pkcs8 -topk8 -nodes -in OLD.pem -out NEW.pem");
        }

        @Test
        void whenThereIsNothingInAFile() throws IOException {
            ONE.write(folder);
            Files.writeString(folder.resolve("key.pem"), "");
            refusedWithoutCause("key.pem has no private key");
            ONE.writeKey(folder);
            Files.writeString(folder.resolve("cert.pem"), "no PEM");
            refusedWithoutCause("cert.pem has no certificate");
            Files.write(folder.resolve("cert.pem"), new byte[] {0x30, (byte) 0x82, (byte) 0xff, (byte) 0xc3});
            refusedWithoutCause("cert.pem is not PEM");
        }
    }

    @Test
    void aCertificateThatHasEndedIsAWarning() {
        PemPair.ended("old").write(folder);
        assertThat(read().warning().orElseThrow()).contains("has ended", "CN=old", "cert.pem");
        ONE.write(folder);
        assertThat(read().warning()).isEmpty();
    }

    @Test
    void theGroupMayReadAnothersKey() throws IOException {
        // Whose file it is can't be changed without root, but who the service is can.
        String user = System.getProperty("user.name");
        ONE.write(folder);
        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r-----"));
        System.setProperty("user.name", "somebody-else");
        try {
            assertThat(shown(read())).isEqualTo("CN=one");
        } finally {
            System.setProperty("user.name", user);
        }
    }

    @Test
    void aChainIsShownAsAWhole() throws IOException {
        ONE.write(folder);
        Files.writeString(
                folder.resolve("cert.pem"), "# ours\n" + ONE.certificate() + "\nIts issuer's:\n" + TWO.certificate());
        X509ExtendedKeyManager keys = read().keyManager();
        assertThat(keys.getCertificateChain(keys.chooseEngineServerAlias("RSA", null, null)))
                .hasSize(2);
    }

    @Nested
    @DisplayName("Files that change are taken when both are whole and fit")
    class Exchanged {

        private Tls tls;

        @BeforeEach
        void one() {
            ONE.write(folder);
            tls = read();
        }

        @Test
        void aNewPairIsTakenWhenNobodyWritesAnyMore() {
            TWO.write(folder);
            tls.look();
            assertThat(shown(tls)).isEqualTo("CN=one");
            tls.look();
            assertThat(shown(tls)).isEqualTo("CN=two");
        }

        @Test
        void aPairThatIsHalfThereIsNot() throws IOException {
            Files.writeString(folder.resolve("cert.pem"), TWO.certificate());
            lookUntilSettled(tls);
            assertThat(shown(tls)).isEqualTo("CN=one");
            TWO.writeKey(folder);
            lookUntilSettled(tls);
            assertThat(shown(tls)).isEqualTo("CN=two");
        }

        @Test
        void aFileThatIsCutOffOrGoneOrOpenToOthersIsNot() throws IOException {
            PemPair other = PemPair.rsa("one-more").write(folder);
            String chain = other.certificate() + TWO.certificate();
            Files.writeString(folder.resolve("cert.pem"), chain.substring(0, chain.length() - 40));
            lookUntilSettled(tls);
            assertThat(shown(tls)).isEqualTo("CN=one");
            Files.delete(folder.resolve("cert.pem"));
            lookUntilSettled(tls);
            assertThat(shown(tls)).isEqualTo("CN=one");
            Files.writeString(folder.resolve("cert.pem"), chain);
            Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
            lookUntilSettled(tls);
            assertThat(shown(tls)).isEqualTo("CN=one");
            Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
            lookUntilSettled(tls);
            assertThat(shown(tls)).isEqualTo("CN=one-more");
        }

        @Test
        void aHandshakeThatHasBegunEndsWithThePairItBeganWith() {
            X509ExtendedKeyManager keys = tls.keyManager();
            String begun = keys.chooseEngineServerAlias("RSA", null, null);
            TWO.write(folder);
            lookUntilSettled(tls);
            assertThat(keys.getPrivateKey(begun).getAlgorithm()).isEqualTo("RSA");
            assertThat(keys.getCertificateChain(begun)[0]
                            .getSubjectX500Principal()
                            .getName())
                    .isEqualTo("CN=one");
        }

        @Test
        void aLinkThatIsTurnedToAnotherFolderIsFollowed() throws IOException {
            Path first = Files.createDirectory(folder.resolve("1"));
            Path second = Files.createDirectory(folder.resolve("2"));
            ONE.write(first);
            TWO.write(second);
            Path link = Files.createSymbolicLink(folder.resolve("live"), first);
            Tls linked = Tls.read(link.resolve("cert.pem"), link.resolve("key.pem"), Clock.systemUTC());
            Files.move(
                    Files.createSymbolicLink(folder.resolve("next"), second),
                    link,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            lookUntilSettled(linked);
            assertThat(shown(linked)).isEqualTo("CN=two");
        }
    }

    @Nested
    @DisplayName("Payara Micro finds the certificate by the name of an algorithm")
    class Provided {

        @AfterEach
        void remove() {
            Security.removeProvider("Oathbound");
        }

        @Test
        void andShowsANewOneWithoutAskingAgain() throws Exception {
            ONE.write(folder);
            Tls tls = read();
            TlsProvider.install(tls);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(TlsProvider.ALGORITHM);
            factory.init(null, null);
            X509ExtendedKeyManager keys = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
            TWO.write(folder);
            lookUntilSettled(tls);
            assertThat(shown(keys)).isEqualTo("CN=two");
            assertThat(TlsProvider.installed()).contains(tls);
        }
    }

    @Test
    void nothingThatIsPrintedHasTheKey() {
        ONE.write(folder);
        PemFiles files = new PemFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        PemFiles.Texts texts = files.read();
        assertThat(texts + " " + files.credential(texts)).doesNotContain("MII").contains("CN=one");
    }
}
