package org.oathbound.authentication.entity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.Passcode;

/**
 * A flow that is to begin, as its caller wants it.
 *
 * @param policy null for the default
 * @param device null for the first of the person's that can be used
 * @param code what that device shows; null when it is to be sent later
 */
public record NewFlow(
        UUID user,
        @Nullable UUID policy,
        @Nullable UUID device,
        @Nullable Passcode code) {}
