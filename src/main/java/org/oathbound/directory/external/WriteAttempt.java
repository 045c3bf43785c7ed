package org.oathbound.directory.external;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.oathbound.directory.RefusedChange;
import org.oathbound.problem.Problem;

/** One write to a server, sent once, and what its result code means. */
interface WriteAttempt {

    /** The write may have been made, or not. */
    Set<ResultCode> UNKNOWN = Set.of(
            ResultCode.OPERATIONS_ERROR,
            ResultCode.TIME_LIMIT_EXCEEDED,
            ResultCode.ADMIN_LIMIT_EXCEEDED,
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.OTHER,
            ResultCode.SERVER_DOWN,
            ResultCode.LOCAL_ERROR,
            ResultCode.DECODING_ERROR,
            ResultCode.TIMEOUT,
            ResultCode.CONNECT_ERROR);

    void send() throws LDAPException;

    /**
     * Whether the write was made.
     *
     * @param meansNo the result codes of a write that another was faster than
     * @param isMade reads back whether it was made; asked where the result code does not tell
     */
    static boolean made(WriteAttempt write, Set<ResultCode> meansNo, BooleanSupplier isMade) {
        try {
            write.send();
            return true;
        } catch (LDAPException e) {
            if (meansNo.contains(e.getResultCode())) {
                return false;
            }
            if (!UNKNOWN.contains(e.getResultCode())) {
                throw new RefusedChange("The directory refused a write", e);
            }
            if (isMade.getAsBoolean()) {
                return true;
            }
            throw unavailable(e);
        }
    }

    static Problem.Unavailable unavailable(LDAPException e) {
        return new Problem.Unavailable(
                "The directory did not answer (" + e.getResultCode() + ").", Duration.ofSeconds(1));
    }
}
