package org.oathbound.device.entity;

import java.util.Optional;
import org.oathbound.otp.Passcode;

/** What a person presents to sign in. Its text is never printed. */
public sealed interface Credential {

    /** The text that is taken for the password where no code is asked for. */
    String whole();

    /** The password that is left without a code of that length, if the text ends in one. */
    Optional<Split> split(int digits);

    /** What is left as a password when as much is taken away as a code of that length has, whatever that is. */
    String withoutCode(int digits);

    /** A password and nothing else. */
    record Password(String whole) implements Credential {

        @Override
        public Optional<Split> split(int digits) {
            return Optional.empty();
        }

        @Override
        public String withoutCode(int digits) {
            return whole;
        }

        @Override
        public String toString() {
            return "Password";
        }
    }

    /** One line: a password, and a code directly behind it; or one of them, where settings allow that. */
    record Joined(String whole) implements Credential {

        @Override
        public Optional<Split> split(int digits) {
            int end = whole.length() - digits;
            return end < 0
                    ? Optional.empty()
                    : Passcode.parse(whole.substring(end)).map(code -> new Split(whole.substring(0, end), code));
        }

        @Override
        public String withoutCode(int digits) {
            return whole.substring(0, Math.max(0, whole.length() - digits));
        }

        @Override
        public String toString() {
            return "Joined";
        }
    }

    /**
     * A password and a code, each for itself.
     *
     * @param password empty for none
     */
    record Separate(String password, String code) implements Credential {

        @Override
        public String whole() {
            return password;
        }

        @Override
        public Optional<Split> split(int digits) {
            return Passcode.parse(code)
                    .filter(parsed -> parsed.digits() == digits)
                    .map(parsed -> new Split(password, parsed));
        }

        @Override
        public String withoutCode(int digits) {
            return password;
        }

        @Override
        public String toString() {
            return "Separate";
        }
    }

    /** A password, and what stands behind it. */
    record Split(String password, Passcode code) {

        @Override
        public String toString() {
            return "Split";
        }
    }
}
