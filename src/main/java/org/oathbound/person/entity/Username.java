package org.oathbound.person.entity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person signs on with: 1 to 128 characters that can be seen. Kept as given, in Unicode's form NFKC and with single
 * spaces; {@code Jane} and {@code JANE} are one user name. One whose case LDAP would not compare as Unicode does, such as
 * {@code Straße}, is kept in its canonical form, so that the name of the entry alone makes it unique.
 *
 * <p>The constructor refuses nothing: an entry may have got any name through LDAP. {@link #isUsername} is what names that
 * come in are checked by.
 */
public record Username(String value) {

    public static final int MAX_LENGTH = 128;

    private static final Pattern SPACES = Pattern.compile("\\p{Zs}+");
    private static final Pattern OUTER_SPACE = Pattern.compile("^ | $");

    /** Controls, what is not assigned, line ends, and all that is not seen, which would make two names look like one. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}"
            + "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}]");

    public Username {
        value = kept(value);
    }

    public static boolean isUsername(String text) {
        String value = kept(text);
        return !value.isEmpty()
                && value.codePointCount(0, value.length()) <= MAX_LENGTH
                && !FORBIDDEN.matcher(value).find();
    }

    /** The form in which user names are compared. */
    public String canonical() {
        return folded(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Username that && canonical().equals(that.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    private static String kept(String text) {
        String spaced = SPACES.matcher(nfkc(text)).replaceAll(" ");
        String value = OUTER_SPACE.matcher(spaced).replaceAll("");
        String folded = folded(value);
        return lowerCase(value).equals(folded) ? value : folded;
    }

    /** By way of the upper case, which has no {@code ß} and but one sigma; there and back each character for itself. */
    private static String folded(String value) {
        return nfkc(lowerCaseInFull(lowerCaseInFull(value).toUpperCase(Locale.ROOT)));
    }

    /** One character may become two: {@code İ}. */
    private static String lowerCaseInFull(String value) {
        return value.codePoints()
                .mapToObj(character -> Character.toString(character).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** As LDAP compares. */
    private static String lowerCase(String value) {
        return value.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
