package org.oathbound.sealing;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.oathbound.problem.Problem;

/** Seals secrets for storage and opens them again (RFC 7516, compact serialization), and takes fingerprints of them. */
@ApplicationScoped
public class Seals {

    private static final int MAX_PLAIN_BYTES = 4 * 1024 * 1024;
    private static final String MAC = "HmacSHA256";

    private final String keyId;
    private final DirectEncrypter encrypter;
    private final Map<String, DirectDecrypter> decrypters;
    private final SecretKey fingerprintKey;

    @Inject
    public Seals(KeySet keys) {
        try {
            OctetSequenceKey inUse = keys.sealing().iterator().next();
            this.keyId = inUse.getKeyID();
            this.encrypter = new DirectEncrypter(inUse);
            this.decrypters = new HashMap<>();
            for (OctetSequenceKey key : keys.sealing()) {
                decrypters.put(key.getKeyID(), new DirectDecrypter(key));
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("The sealing keys of the key set don't fit A256GCM.", e);
        }
        this.fingerprintKey = keys.fingerprint().toSecretKey(MAC);
    }

    /** The {@code kid} of the key that seals now. */
    public String keyId() {
        return keyId;
    }

    /** Whether a key with this {@code kid} is in the set, and opens. */
    boolean has(String keyId) {
        return decrypters.containsKey(keyId);
    }

    /** Seals a value for one entry; JWE compact. */
    public String seal(Binding binding, byte[] plain) {
        return seal(header(binding).build(), plain);
    }

    /** Like {@link #seal}, compressed first (DEFLATE, RFC 1951): for large values that don't mix in a stranger's text. */
    public String sealCompressed(Binding binding, byte[] plain) {
        return seal(
                header(binding).compressionAlgorithm(CompressionAlgorithm.DEF).build(), plain);
    }

    /** Opens what was sealed for this entry; {@link Problem.Corrupt} for anything else, without saying why. */
    public byte[] open(Binding binding, String sealed) {
        JWEObject jwe = parse(binding, sealed);
        DirectDecrypter decrypter = decrypters.get(jwe.getHeader().getKeyID());
        if (decrypter == null || !isFor(binding, jwe.getHeader()) || !isCanonical(sealed)) {
            throw doesNotOpen(binding);
        }
        try {
            // Not through the JWEObject, which refuses compressed values of more than 100,000 characters. The tag is
            // checked before anything is inflated, so what is inflated was sealed here and has a bounded size.
            return decrypter.decrypt(
                    jwe.getHeader(),
                    null,
                    jwe.getIV(),
                    jwe.getCipherText(),
                    jwe.getAuthTag(),
                    jwe.getHeader().toBase64URL().toString().getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw doesNotOpen(binding);
        }
    }

    /** HMAC-SHA256 (RFC 2104) in base64url: equal for equal material, and tells nothing else about it. */
    public String fingerprint(byte[] material) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(fingerprintKey);
            return Base64URL.encode(mac.doFinal(material)).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC + " is part of every Java 17", e);
        }
    }

    private JWEHeader.Builder header(Binding binding) {
        return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(keyId)
                .customParams(parameters(binding));
    }

    private String seal(JWEHeader header, byte[] plain) {
        if (plain.length > MAX_PLAIN_BYTES) {
            throw new IllegalArgumentException("At most " + MAX_PLAIN_BYTES + " bytes are sealed at once.");
        }
        try {
            JWEObject jwe = new JWEObject(header, new Payload(plain));
            jwe.encrypt(encrypter);
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("AES-GCM is part of every Java 17", e);
        }
    }

    private static Map<String, Object> parameters(Binding binding) {
        return Map.of("environment", binding.environment().toString(), "id", binding.id(), "life", binding.life());
    }

    private static JWEObject parse(Binding binding, String sealed) {
        try {
            return JWEObject.parse(sealed);
        } catch (ParseException | RuntimeException e) { // a header without "enc" is a NullPointerException there
            throw doesNotOpen(binding);
        }
    }

    private static boolean isFor(Binding binding, JWEHeader header) {
        return JWEAlgorithm.DIR.equals(header.getAlgorithm())
                && EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                && parameters(binding).equals(header.getCustomParams());
    }

    /** Base64 has several spellings for the same bytes; only the one that {@link #seal} writes counts. */
    private static boolean isCanonical(String sealed) {
        return Stream.of(sealed.split("\\.", -1))
                .allMatch(part -> part.equals(
                        Base64URL.encode(new Base64URL(part).decode()).toString()));
    }

    private static Problem.Corrupt doesNotOpen(Binding binding) {
        return new Problem.Corrupt("What is sealed for " + binding.id() + " does not open.");
    }
}
