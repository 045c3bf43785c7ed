package org.oathbound.seedfile.control;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** What is wrong with one value of a PSKC file, and the values of which that is found out. */
final class PskcFault {

    private PskcFault() {}

    static Problem.InvalidData of(@Nullable String target, String message) {
        return new Problem.InvalidData(DetailCode.INVALID_VALUE, target, message);
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The bytes of an element's Base64 (XML Schema's, with white space anywhere); the fault does not show it. */
    static byte[] base64(@Nullable String target, PskcElement element) {
        try {
            return Base64.getDecoder().decode(element.text().replaceAll("[ \t\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw of(target, element.name() + " is no Base64.");
        }
    }
}
