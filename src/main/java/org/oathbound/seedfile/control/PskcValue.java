package org.oathbound.seedfile.control;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value under {@code Data}, in the clear or encrypted (RFC 6030 section 4.2). */
record PskcValue(PskcElement element, PskcProtection protection, String target) {

    private static final Set<String> KNOWN = Set.of("PlainValue", "EncryptedValue", "ValueMAC");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** Octets. */
    byte[] bytes() {
        PskcElement plain = plain();
        if (plain == null) {
            return opened();
        }
        if (protection.isDeclared()) {
            throw PskcFault.of(target, "The secret is not encrypted, and a key was given or the file declares a MAC.");
        }
        return PskcFault.base64(target, plain);
    }

    /**
     * An integer, in decimal digits when it is in the clear.
     *
     * @param length how many bytes it has when it is encrypted, its highest first: 4 or 8
     */
    BigInteger integer(int length) {
        PskcElement plain = plain();
        if (plain == null) {
            return integer(opened(), length);
        }
        if (!INTEGER.matcher(plain.text()).matches()) {
            throw PskcFault.of(target, element.name() + " is no integer.");
        }
        return new BigInteger(plain.text());
    }

    /** Some writers leave out leading bytes; but what then looks like digits could be either. */
    private BigInteger integer(byte[] bytes, int length) {
        if (bytes.length == length) {
            return new BigInteger(bytes);
        }
        boolean digits =
                DIGITS.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).matches();
        if (bytes.length == 0 || bytes.length > length || digits) {
            throw PskcFault.of(target, element.name() + " is no integer of " + length + " bytes.");
        }
        return new BigInteger(1, bytes);
    }

    private @Nullable PskcElement plain() {
        element.mayHave(KNOWN);
        PskcElement plain = element.child("PlainValue");
        boolean encrypted = element.child("EncryptedValue") != null;
        if ((plain == null) != encrypted) {
            throw PskcFault.of(target, element.name() + " must have either a PlainValue or an EncryptedValue.");
        }
        if (plain != null && element.child("ValueMAC") != null) {
            throw PskcFault.of(target, element.name() + " has a MAC, which only an encrypted value can have.");
        }
        return plain;
    }

    private byte[] opened() {
        PskcElement encrypted = element.child("EncryptedValue");
        if (encrypted == null) {
            throw new IllegalStateException("It is in the clear.");
        }
        return protection.open(target, encrypted, element.child("ValueMAC"));
    }
}
