package org.oathbound.entryaccess;

import com.unboundid.ldap.sdk.ResultCode;
import org.oathbound.problem.Problem;

/** Why a request can't be served, as LDAP says it (RFC 4511 section 4.1.9), at both interfaces that have result codes. */
public final class ResultCodes {

    private ResultCodes() {}

    public static ResultCode of(Problem problem) {
        return switch (problem) {
            case Problem.InvalidData data -> ResultCode.CONSTRAINT_VIOLATION;
            case Problem.RequestFailed failed -> ResultCode.UNWILLING_TO_PERFORM;
            case Problem.InvalidRequest request -> ResultCode.PROTOCOL_ERROR;
            case Problem.Unauthenticated nobody -> ResultCode.INVALID_CREDENTIALS;
            case Problem.Forbidden caller -> ResultCode.INSUFFICIENT_ACCESS_RIGHTS;
            case Problem.NotFound what -> ResultCode.NO_SUCH_OBJECT;
            case Problem.Unavailable store -> store.isBusy() ? ResultCode.BUSY : ResultCode.UNAVAILABLE;
            case Problem.Limited caller -> ResultCode.BUSY;
            default -> ResultCode.OTHER;
        };
    }
}
