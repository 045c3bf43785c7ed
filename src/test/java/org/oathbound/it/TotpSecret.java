package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.unboundidds.OneTimePassword;
import com.unboundid.util.Base32;
import java.text.ParseException;
import java.time.Instant;
import org.oathbound.it.DirectoryInterfaces.Interface;

/** A TOTP shared secret that was told, and the last time steps whose codes were sent, and accepted. One thread uses it. */
final class TotpSecret {

    private static final int TIME_STEP = 30;

    private final String text;
    private long sent;
    private long accepted;

    TotpSecret(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Comes in by the code of this time step, if it was not sent already. */
    void use(DirectoryInterfaces interfaces, Interface where) throws LDAPException {
        long now = step();
        if (now > sent) {
            sent = now;
            assertThat(interfaces.takes(where, code(now)))
                    .as("a code at %s", where)
                    .isTrue();
            accepted = now;
        }
    }

    boolean wasUsed() {
        return accepted > 0;
    }

    /** The code that was accepted last. */
    String accepted() throws LDAPException {
        return code(accepted);
    }

    /** The code of this time step. */
    String current() throws LDAPException {
        return code(step());
    }

    /** By the SDK, which is not ours. */
    private String code(long step) throws LDAPException {
        try {
            return OneTimePassword.totp(Base32.decode(text), step * TIME_STEP * 1_000, TIME_STEP, 6);
        } catch (ParseException e) {
            throw new AssertionError("This is no Base32", e);
        }
    }

    private static long step() {
        return Instant.now().getEpochSecond() / TIME_STEP;
    }
}
