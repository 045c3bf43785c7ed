package org.oathbound.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives each handshake the pair in force. A handshake asks more than once, so it gets a name for the pair that it began with;
 * the one before the last change is kept for those that began with it.
 */
final class CurrentKey extends X509ExtendedKeyManager {

    private static final String NAME = "oathbound-";

    private record Named(String name, Credential credential) {}

    private volatile Named current;
    private volatile Named before;
    private long changes;

    CurrentKey(Credential credential) {
        current = new Named(NAME + changes, credential);
        before = current;
    }

    Credential credential() {
        return current.credential();
    }

    synchronized void replace(Credential credential) {
        changes++;
        before = current;
        current = new Named(NAME + changes, credential);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Named chosen = current;
        return chosen.credential().key().getAlgorithm().equals(keyType) ? chosen.name() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Named named = named(alias);
        return named == null ? null : named.credential().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Named named = named(alias);
        return named == null ? null : named.credential().key();
    }

    /** It is a server's key: no connection that this process opens shows it. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private @Nullable Named named(String alias) {
        Named now = current;
        if (now.name().equals(alias)) {
            return now;
        }
        Named last = before;
        return last.name().equals(alias) ? last : null;
    }
}
