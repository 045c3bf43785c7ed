package org.oathbound.sealing;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.util.Base64URL;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Problem;

/** Seals secrets for storage and opens them again (RFC 7516, compact serialization), and takes fingerprints of them. */
@ApplicationScoped
public class Seals {

    private static final int MAX_PLAIN_BYTES = 4 * 1024 * 1024;
    private static final String MAC = "HmacSHA256";

    private final KeySet keys;

    @Inject
    public Seals(KeySet keys) {
        this.keys = keys;
    }

    /** Where the keys come from, for a message. */
    String source() {
        return keys.toString();
    }

    /** The {@code kid} of the key that seals now. */
    String keyId() {
        return keys.current().sealingId();
    }

    /** Whether a key with this {@code kid} is in the set, and opens. */
    boolean has(String keyId) {
        return keys.current().decrypter(keyId) != null;
    }

    /**
     * Does what seals and stores: the key that it seals with is not exchanged in between, so that a rotation finds what was
     * stored. It must not take long.
     */
    public <T> T holding(Supplier<T> work) {
        return keys.holding(work);
    }

    /** The {@code kid} of the key that a sealed value was sealed with; null for what is no sealed value. */
    public static @Nullable String keyIdOf(String sealed) {
        try {
            return JWEHeader.parse(new Base64URL(sealed.substring(0, Math.max(sealed.indexOf('.'), 0))))
                    .getKeyID();
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }

    /** What a sealed value belongs to, by its own account; {@link Problem.Corrupt} when it does not open. */
    public Binding opened(String sealed) {
        Binding binding = binding(header(sealed));
        open(binding, sealed);
        return binding;
    }

    /**
     * Seals with the key in use what another has sealed, for the same entry.
     *
     * @throws Problem.Corrupt when it does not open
     */
    String reseal(String sealed) {
        JWEHeader before = header(sealed);
        Binding binding = binding(before);
        return seal(header(binding).compressionAlgorithm(before.getCompressionAlgorithm()), open(binding, sealed));
    }

    /** Seals a value for one entry; JWE compact. */
    public String seal(Binding binding, byte[] plain) {
        return seal(header(binding), plain);
    }

    /** Like {@link #seal}, compressed first (DEFLATE, RFC 1951): for large values that don't mix in a stranger's text. */
    public String sealCompressed(Binding binding, byte[] plain) {
        return seal(header(binding).compressionAlgorithm(CompressionAlgorithm.DEF), plain);
    }

    /** Opens what was sealed for this entry; {@link Problem.Corrupt} for anything else, without saying why. */
    public byte[] open(Binding binding, String sealed) {
        JWEObject jwe = parse(binding, sealed);
        DirectDecrypter decrypter = keys.current().decrypter(jwe.getHeader().getKeyID());
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
            mac.init(keys.fingerprint().toSecretKey(MAC));
            return Base64URL.encode(mac.doFinal(material)).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC + " is part of every Java", e);
        }
    }

    private static JWEHeader.Builder header(Binding binding) {
        return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).customParams(parameters(binding));
    }

    private String seal(JWEHeader.Builder header, byte[] plain) {
        if (plain.length > MAX_PLAIN_BYTES) {
            throw new IllegalArgumentException("At most " + MAX_PLAIN_BYTES + " bytes are sealed at once.");
        }
        Keys now = keys.current();
        try {
            JWEObject jwe = new JWEObject(header.keyID(now.sealingId()).build(), new Payload(plain));
            jwe.encrypt(now.encrypter());
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    private static JWEHeader header(String sealed) {
        try {
            return JWEObject.parse(sealed).getHeader();
        } catch (ParseException | RuntimeException e) {
            throw new Problem.Corrupt("A sealed value can't be read.");
        }
    }

    private static Binding binding(JWEHeader header) {
        try {
            return new Binding(
                    UUID.fromString(parameter("environment", header)),
                    parameter("id", header),
                    parameter("life", header));
        } catch (RuntimeException e) { // a parameter is missing, or not what it should be
            throw new Problem.Corrupt("A sealed value does not say what it belongs to.");
        }
    }

    private static String parameter(String name, JWEHeader header) {
        return Objects.requireNonNull((String) header.getCustomParam(name));
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
