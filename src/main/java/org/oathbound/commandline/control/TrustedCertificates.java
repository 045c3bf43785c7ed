package org.oathbound.commandline.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates a service may show: those that Java and the system trust, or those of a file and no others. */
final class TrustedCertificates {

    /** Where Linux and BSD keep them as PEM; the first that is there. */
    private static final List<Path> BUNDLES = Stream.of(
                    "/etc/ssl/certs/ca-certificates.crt", // Debian, Arch, Alpine
                    "/etc/pki/tls/certs/ca-bundle.crt", // Fedora, Red Hat
                    "/etc/ssl/ca-bundle.pem", // SUSE
                    "/etc/ssl/cert.pem") // BSD, macOS
            .map(Path::of)
            .toList();

    /** Where macOS and Windows keep them, by Java's names. */
    private static final List<String> STORES = List.of("KeychainStore", "KeychainStore-ROOT", "Windows-ROOT");

    private TrustedCertificates() {}

    /**
     * Those of the file that the credentials name; else those that options of Java name
     * ({@code javax.net.ssl.trustStore…}); else Java's own and the system's.
     */
    static SSLContext of(Credentials credentials) {
        Path file = credentials.caCertificates();
        return file == null ? ofSystem() : of(file);
    }

    private static SSLContext ofSystem() {
        boolean isNamed = Stream.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStoreType")
                .anyMatch(name -> System.getProperty(name) != null);
        return context(() -> isNamed ? managers(null) : ofJavaAndSystem());
    }

    /** Those in a file, as PEM; {@link Failure} when there are none. */
    private static SSLContext of(Path file) {
        try {
            List<X509ExtendedTrustManager> managers = managers(read(file));
            return context(() -> managers);
        } catch (IOException | GeneralSecurityException e) {
            throw Failure.usage("No certificate can be read in " + file + ": it must be a file of PEM.");
        }
    }

    private static List<X509ExtendedTrustManager> ofJavaAndSystem() {
        List<X509ExtendedTrustManager> all = new ArrayList<>(managers(null));
        for (String type : STORES) {
            try {
                KeyStore store = KeyStore.getInstance(type);
                store.load(null, null);
                all.addAll(managers(store));
            } catch (GeneralSecurityException | IOException e) {
                // Another system's.
            }
        }
        BUNDLES.stream().filter(Files::isReadable).findFirst().ifPresent(bundle -> {
            try {
                all.addAll(managers(read(bundle)));
            } catch (GeneralSecurityException | IOException e) {
                // As if it were not there: a certificate that only it would have made good is refused.
            }
        });
        return all;
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(String.valueOf(store.size()), one);
            }
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("There is none.");
        }
        return store;
    }

    /** @param store null for Java's own */
    private static List<X509ExtendedTrustManager> managers(@Nullable KeyStore store) {
        try {
            if (store != null && store.size() == 0) {
                return List.of();
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trusted certificates can't be used: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(Supplier<List<X509ExtendedTrustManager>> managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustByAnyOf(managers)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS.", e);
        }
    }
}
