package org.oathbound.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A certificate with those that lead up to its issuer, and its private key. */
record Credential(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] SOMETHING = {1, 2, 3};

    /** @throws IllegalArgumentException when the key is not that of the first certificate */
    Credential {
        chain = List.copyOf(chain);
        if (!fits(chain.getFirst(), key)) {
            throw new IllegalArgumentException("is not the key of the first certificate");
        }
    }

    Instant end() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    boolean hasEnded(Instant now) {
        return end().isBefore(now);
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal() + ", until " + end();
    }

    private static boolean fits(X509Certificate certificate, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(SOMETHING);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SOMETHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
