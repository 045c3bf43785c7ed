package org.oathbound.seedfile.control;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Protection;
import org.oathbound.seedfile.entity.SeedKey;

/**
 * Writes tokens as a Portable Symmetric Key Container (RFC 6030), as they come. Secrets are always encrypted; all else is in the clear, for not every reader opens more than secrets.
 *
 * <p>It is not closed but ended, and leaves its stream open: what was broken off must not look whole.
 */
public final class PskcWriter {

    private static final Map<String, String> SUITES =
            Map.of("HmacSHA1", "HMAC-SHA1", "HmacSHA256", "HMAC-SHA256", "HmacSHA512", "HMAC-SHA512");

    private final PskcSealing sealing;
    private final PskcOutput out;

    /**
     * Writes the beginning.
     *
     * @param key one of AES that the protection has, or a password; {@link IllegalArgumentException} for any other
     * @throws UncheckedIOException when it can't be written; so do the others
     */
    public PskcWriter(OutputStream stream, FileKey key, Protection protection) {
        this.sealing = new PskcSealing(key, protection);
        this.out = new PskcOutput(stream);
        encryptionKey(sealing.derivation());
        out.element(
                "pskc:MACMethod",
                () -> out.element("pskc:MACKey", () -> encrypted(sealing.sealedMacKey())),
                "Algorithm",
                sealing.macUri());
        out.newLine();
    }

    /** Writes one token. */
    public void key(SeedKey key) {
        out.element("pskc:KeyPackage", () -> {
            out.element("pskc:DeviceInfo", () -> deviceInfo(key));
            out.element(
                    "pskc:Key",
                    () -> keyItself(key),
                    "Id",
                    key.serialNumber(),
                    "Algorithm",
                    PskcElement.PSKC + (key.factor() instanceof SeedKey.Counter ? ":hotp" : ":totp"));
        });
        out.newLine();
    }

    /** Writes what no reader reads but people. */
    public void comment(String text) {
        out.comment(text);
        out.newLine();
    }

    /** Writes the end, without which the file is none. */
    public void end() {
        out.end();
    }

    private void encryptionKey(@Nullable PskcDerivation derivation) {
        if (derivation == null) {
            out.element("pskc:EncryptionKey", () -> out.text("ds:KeyName", "Pre-shared key"));
        } else {
            out.element("pskc:EncryptionKey", () -> out.element("xenc11:DerivedKey", () -> derivation(derivation)));
        }
    }

    /** What is in {@code PBKDF2-params} has no namespace: RFC 6030's figure 7, after PKCS #5's schema. */
    private void derivation(PskcDerivation derivation) {
        out.element(
                "xenc11:KeyDerivationMethod",
                () -> out.element("pkcs5:PBKDF2-params", () -> {
                    out.element("Salt", () -> out.text("Specified", derivation.salt()));
                    out.text("IterationCount", Integer.toString(derivation.iterations()));
                    out.text("KeyLength", Integer.toString(derivation.keyBytes()));
                    out.empty("PRF", "Algorithm", sealing.macUri());
                }),
                "Algorithm",
                PskcDerivation.PBKDF2);
        out.text("xenc11:MasterKeyName", "Password");
    }

    private void deviceInfo(SeedKey key) {
        optional("pskc:Manufacturer", key.manufacturer());
        out.text("pskc:SerialNo", key.serialNumber());
        optional("pskc:Model", key.model());
        date("pskc:ExpiryDate", key.expiresAt());
    }

    private void keyItself(SeedKey key) {
        out.element("pskc:AlgorithmParameters", () -> {
            out.text("pskc:Suite", SUITES.getOrDefault(key.hashAlgorithm(), key.hashAlgorithm()));
            out.empty("pskc:ResponseFormat", "Encoding", "DECIMAL", "Length", Integer.toString(key.otpLength()));
        });
        out.element("pskc:Data", () -> data(key));
        optional("pskc:UserId", key.userId());
        out.element("pskc:Policy", () -> {
            date("pskc:StartDate", key.validFrom());
            date("pskc:ExpiryDate", key.validUntil());
            out.text("pskc:KeyUsage", "OTP");
        });
    }

    private void data(SeedKey key) {
        byte[] sealed = sealing.seal(key.secret().getEncoded());
        out.element("pskc:Secret", () -> {
            out.element("pskc:EncryptedValue", () -> encrypted(sealed));
            out.base64("pskc:ValueMAC", sealing.mac(sealed));
        });
        switch (key.factor()) {
            case SeedKey.Counter(long next) -> plain("pskc:Counter", next);
            case SeedKey.TimeStep(int seconds, int drift) -> {
                plain("pskc:Time", 0);
                plain("pskc:TimeInterval", seconds);
                plain("pskc:TimeDrift", drift);
            }
        }
    }

    private void encrypted(byte[] sealed) {
        out.empty("xenc:EncryptionMethod", "Algorithm", sealing.algorithm());
        out.element("xenc:CipherData", () -> out.base64("xenc:CipherValue", sealed));
    }

    private void plain(String name, long value) {
        out.element(name, () -> out.text("pskc:PlainValue", Long.toString(value)));
    }

    private void date(String name, @Nullable Instant time) {
        optional(name, time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private void optional(String name, @Nullable String text) {
        if (text != null) {
            out.text(name, text);
        }
    }
}
