package org.oathbound.application.entity;

import java.util.UUID;
import org.oathbound.problem.Texts;

/**
 * That the host's owner was given the rights of an administrator for an hour. Throws {@link IllegalArgumentException} for a
 * reason that is not one line of text.
 *
 * @param id the access token's {@code jti}, by which logs name it
 * @param reason what the owner said, at most {@link #MAX_REASON_LENGTH} characters
 */
public record BreakGlassPass(UUID id, String reason) {

    /** The {@code client_id} of these access tokens; no application has it. */
    public static final UUID CLIENT_ID = UUID.fromString("7d0f4f3e-5b0e-4c38-9a5d-2f6f6b1d9c11");

    public static final int MAX_REASON_LENGTH = 200;

    public BreakGlassPass {
        if (reason.length() > MAX_REASON_LENGTH || !Texts.isVisible(reason)) {
            throw new IllegalArgumentException(
                    "The reason must be one line of text, of at most " + MAX_REASON_LENGTH + " characters.");
        }
    }
}
