package org.oathbound.tls;

import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Lets Payara Micro's HTTPS show the certificate of the PEM files: its listener asks for the key managers of an algorithm
 * by name ({@code key-algorithm} in {@code server-config/pre-boot-commands.asadmin}), and this gives ours. So no key store
 * is written, and a new certificate needs no new listener.
 */
public final class TlsProvider extends Provider {

    public static final String ALGORITHM = "OathboundPem";

    private static final String NAME = "Oathbound";

    private final transient Tls tls;

    private TlsProvider(Tls tls) {
        super(NAME, "1", "Certificates from PEM files");
        this.tls = tls;
        putService(new Factory(this, tls));
    }

    /** Registers it, for the whole process. */
    public static void install(Tls tls) {
        Security.addProvider(new TlsProvider(tls));
    }

    /** Whether HTTPS has been given a certificate, by the launcher. */
    public static boolean isInstalled() {
        return Security.getProvider(NAME) != null;
    }

    /** What was registered; empty also when a class loader of its own has done so. */
    public static Optional<Tls> installed() {
        return Security.getProvider(NAME) instanceof TlsProvider provider
                ? Optional.of(provider.tls)
                : Optional.empty();
    }

    private static final class Factory extends Service {

        private final Tls tls;

        Factory(Provider provider, Tls tls) {
            super(provider, "KeyManagerFactory", ALGORITHM, KeyManagers.class.getName(), List.of(), Map.of());
            this.tls = tls;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new KeyManagers(tls);
        }
    }

    private static final class KeyManagers extends KeyManagerFactorySpi {

        private final Tls tls;

        KeyManagers(Tls tls) {
            this.tls = tls;
        }

        /** Payara Micro's own key store; there is nothing in it for us. */
        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {tls.keyManager()};
        }
    }
}
