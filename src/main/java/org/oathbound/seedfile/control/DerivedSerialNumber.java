package org.oathbound.seedfile.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A serial number for a token that its source calls by a name that can't be one, such as {@code rosa's phone}: the name's letters and
 * digits, and behind them the beginning of its SHA-256, so that two names stay two and a second import finds the same.
 */
final class DerivedSerialNumber {

    private static final Pattern POSSIBLE = Pattern.compile("[0-9A-Za-z]([-.:_0-9A-Za-z]{0,48}[0-9A-Za-z])?");
    private static final int MAX_LETTERS = 40;
    private static final int HASH_BYTES = 4;

    private DerivedSerialNumber() {}

    /** The name itself, where it can be a serial number, or is nothing. */
    static String of(String name) {
        if (name.isBlank() || POSSIBLE.matcher(name.strip()).matches()) {
            return name;
        }
        String letters = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("[^0-9A-Za-z]", "");
        return letters.substring(0, Math.min(letters.length(), MAX_LETTERS)) + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
