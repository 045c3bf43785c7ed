package org.oathbound.token.entity;

import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.MovingFactor.TimeStep;

/**
 * What an authenticator app has in it; every value has been checked.
 *
 * @param digits 6 or 8
 */
public record AppSecret(SharedSecret secret, HashAlgorithm algorithm, int digits, TimeStep timeStep) {}
