package org.oathbound.token.entity;

import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;

/**
 * Serial numbers from one to another, both included, in the order of their canonical forms. All have the same length: between
 * {@code GALT1000} and {@code GALT1999} there is no {@code GALT15}.
 */
public record SerialNumberRange(SerialNumber from, SerialNumber to) {

    /** The range between two serial numbers; null, and a fault, where there is none. A null is a fault already. */
    public static @Nullable SerialNumberRange read(
            @Nullable SerialNumber from, @Nullable SerialNumber to, Faults faults) {
        if (from == null || to == null) {
            return null;
        }
        if (from.value().length() != to.value().length()) {
            faults.add(
                    DetailCode.CONSTRAINT_VIOLATION,
                    "to",
                    "The serial numbers of a range have the same length: " + from.value() + " has "
                            + from.value().length() + " characters, " + to.value() + " has "
                            + to.value().length() + ".");
            return null;
        }
        if (from.canonical().compareTo(to.canonical()) > 0) {
            faults.add(DetailCode.CONSTRAINT_VIOLATION, "to", "The range ends before it begins.");
            return null;
        }
        return new SerialNumberRange(from, to);
    }

    public boolean includes(SerialNumber serialNumber) {
        String canonical = serialNumber.canonical();
        return canonical.length() == from.value().length()
                && from.canonical().compareTo(canonical) <= 0
                && canonical.compareTo(to.canonical()) <= 0;
    }

    /** What all of them begin with; it may be empty. */
    public String beginning() {
        String first = from.canonical();
        int length = 0;
        while (length < first.length() && first.charAt(length) == to.canonical().charAt(length)) {
            length++;
        }
        return first.substring(0, length);
    }
}
