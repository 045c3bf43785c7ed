package org.oathbound.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/** A change that the directory refuses by the rules of LDAP or of its schema; nothing was changed. */
public final class RefusedChange extends IllegalStateException {

    private final transient LDAPException refusal;

    public RefusedChange(String what, LDAPException refusal) {
        super(what + ": " + refusal.getResultCode() + " " + refusal.getMessage(), refusal);
        this.refusal = refusal;
    }

    RefusedChange(ResultCode code, String message) {
        this("A change was refused", new LDAPException(code, message));
    }

    /** With LDAP's result code, and a message that quotes no value that the directory holds. */
    public LDAPException refusal() {
        return refusal;
    }
}
