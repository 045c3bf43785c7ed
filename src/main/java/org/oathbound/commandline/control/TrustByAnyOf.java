package org.oathbound.commandline.control;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts a server that one of several others trusts; what they know is read when a server shows its certificate. */
final class TrustByAnyOf extends X509ExtendedTrustManager {

    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private final Supplier<List<X509ExtendedTrustManager>> source;
    private @Nullable List<X509ExtendedTrustManager> all;

    TrustByAnyOf(Supplier<List<X509ExtendedTrustManager>> source) {
        this.source = source;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, manager -> manager.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, manager -> manager.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, manager -> manager.checkServerTrusted(chain, type));
    }

    /** What the last has against it is told: the system's, where the first are Java's. */
    private synchronized void check(X509Certificate[] chain, Check check) throws CertificateException {
        chain[0].checkValidity(); // which Java does not look at where the certificate itself is a trusted one
        if (all == null) {
            all = source.get();
        }
        CertificateException refusal = new CertificateException("Nobody is trusted.");
        for (X509ExtendedTrustManager manager : all) {
            try {
                check.by(manager);
                return;
            } catch (CertificateException e) {
                refusal = e;
            }
        }
        throw refusal;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("This is a client.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
