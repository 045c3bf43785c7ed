package org.oathbound.token.control;

import java.util.List;
import org.oathbound.environment.Environment;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.TokenId;

/**
 * A token is revoked, and what it served is no device any more.
 *
 * @param pairings what it served
 */
public record TokenRevoked(Environment environment, TokenId token, List<Pairing> pairings) {}
