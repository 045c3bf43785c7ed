package org.oathbound.audit;

/** Writes values into a line of JSON: ASCII only, of bounded length, so that nothing in a value ends the line or hides it. */
final class LineText {

    static final int MAX_CHARACTERS = 300;

    private LineText() {}

    /** Appends the value in quotes; what is too long is cut, and says how long it was. */
    static void append(StringBuilder line, String value) {
        line.append('"');
        if (value.length() <= MAX_CHARACTERS) {
            escape(line, value, value.length());
        } else {
            boolean splitsPair = Character.isHighSurrogate(value.charAt(MAX_CHARACTERS - 1))
                    && Character.isLowSurrogate(value.charAt(MAX_CHARACTERS));
            escape(line, value, splitsPair ? MAX_CHARACTERS - 1 : MAX_CHARACTERS);
            line.append("...[cut, ").append(value.length()).append(" characters]");
        }
        line.append('"');
    }

    private static void escape(StringBuilder line, String value, int length) {
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                line.append(c);
            } else {
                line.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    line.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            }
        }
    }
}
