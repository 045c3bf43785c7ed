package org.oathbound.application.entity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's sign-in without an application in between.
 *
 * @param withCode whether a code was accepted, or the password alone
 */
public record PersonSession(UUID person, boolean withCode) {

    /** The {@code client_id} of these access tokens; no application has it. */
    public static final UUID CLIENT_ID = UUID.fromString("2f3c1c0e-7a44-4d0b-8d6f-64c6a9a7e5b3");

    private static final List<String> PASSWORD = List.of("pwd");
    private static final List<String> PASSWORD_AND_CODE = List.of("pwd", "otp");

    /** The authentication methods in an access token (RFC 8176). */
    public List<String> methods() {
        return withCode ? PASSWORD_AND_CODE : PASSWORD;
    }

    /** The same, back; {@link IllegalArgumentException} for methods that none of ours are. */
    public static PersonSession of(UUID person, @Nullable List<String> methods) {
        if (PASSWORD_AND_CODE.equals(methods) || PASSWORD.equals(methods)) {
            return new PersonSession(person, PASSWORD_AND_CODE.equals(methods));
        }
        throw new IllegalArgumentException("Not how anybody signs in here.");
    }
}
