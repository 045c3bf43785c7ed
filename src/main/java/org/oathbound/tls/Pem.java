package org.oathbound.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and a private key as RFC 7468 writes them. Whatever stands outside of the blocks is a comment. */
final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----\\s([^-]++)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS_8 = "PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private record Block(String label, String base64) {

        byte[] bytes() {
            return Base64.getMimeDecoder().decode(base64);
        }

        /** A private key may be in it. */
        @Override
        public String toString() {
            return label;
        }
    }

    private Pem() {}

    /** The certificates, in their order; {@link IllegalArgumentException} when there is none, or one can't be read. */
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label().equals(CERTIFICATE)) {
                chain.add(certificate(block));
            }
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("has no certificate (BEGIN CERTIFICATE)");
        }
        return List.copyOf(chain);
    }

    /** The one private key; {@link IllegalArgumentException} when there is none that can be read, without what is in it. */
    static PrivateKey privateKey(String text) {
        List<Block> keys = blocks(text).stream()
                .filter(block -> block.label().endsWith(PKCS_8))
                .toList();
        if (keys.size() != 1) {
            throw new IllegalArgumentException("has " + (keys.isEmpty() ? "no" : "more than one") + " private key");
        }
        Block key = keys.getFirst();
        if (!key.label().equals(PKCS_8)) {
            throw new IllegalArgumentException("has a key as BEGIN " + key.label() + ", which is not read here;"
                    + " convert it: openssl pkcs8 -topk8 -nodes -in OLD.pem -out NEW.pem");
        }
        return ALGORITHMS.stream()
                .flatMap(algorithm -> privateKey(algorithm, key).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "has a private key that can't be read; RSA, EC and EdDSA keys are"));
    }

    /** Empty when it is a key of another algorithm, or none. */
    private static Optional<PrivateKey> privateKey(String algorithm, Block key) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key.bytes())));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every Java", e);
        }
    }

    private static X509Certificate certificate(Block block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException("has a certificate that can't be read", e);
        }
    }

    /** All blocks; one without an end is a file that is being written. */
    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        if (blocks.size() != text.split(BEGIN, -1).length - 1) {
            throw new IllegalArgumentException("has a block that does not end");
        }
        return blocks;
    }
}
