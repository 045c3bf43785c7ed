package org.oathbound.tls;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A certificate that signs itself, and its key, as PEM. */
public record PemPair(String certificate, String key) {

    public static PemPair rsa(String name) {
        return of(name, Duration.ofDays(30), "RSA", 2048);
    }

    public static PemPair ec(String name) {
        return of(name, Duration.ofDays(30), "EC", 256);
    }

    public static PemPair ended(String name) {
        return of(name, Duration.ofDays(-1), "EC", 256);
    }

    private static PemPair of(String name, Duration untilEnd, String algorithm, int bits) {
        Instant now = Instant.now();
        boolean rsa = algorithm.equals("RSA");
        try {
            ObjectPair<X509Certificate, KeyPair> pair = X509Certificate.generateSelfSignedCertificate(
                    rsa
                            ? SignatureAlgorithmIdentifier.SHA_256_WITH_RSA
                            : SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
                    rsa ? PublicKeyAlgorithmIdentifier.RSA : PublicKeyAlgorithmIdentifier.EC,
                    bits,
                    new DN("CN=" + name),
                    now.minus(Duration.ofDays(60)).toEpochMilli(),
                    now.plus(untilEnd).toEpochMilli());
            return new PemPair(
                    pair.getFirst().toPEMString(),
                    block("PRIVATE KEY", pair.getSecond().getPrivate().getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String block(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    public Path certificateIn(Path folder) {
        return folder.resolve("cert.pem");
    }

    public Path keyIn(Path folder) {
        return folder.resolve("key.pem");
    }

    /** Writes cert.pem and key.pem, the key for its owner only. */
    public PemPair write(Path folder) {
        try {
            Files.writeString(certificateIn(folder), certificate);
            writeKey(folder);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes key.pem only. */
    public void writeKey(Path folder) throws IOException {
        Path file = keyIn(folder);
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, key, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public String toString() {
        return "PemPair";
    }
}
