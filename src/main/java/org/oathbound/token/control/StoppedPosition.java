package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Entry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;

/**
 * Where a secret has stopped, for one type, hash and time step; the entry of the secret has one value for each.
 *
 * @param kind such as {@code HOTP/HmacSHA1/0} or {@code TOTP/HmacSHA256/30}
 * @param last the last counter or time step that is used; below 0 for none
 */
record StoppedPosition(String kind, long last) {

    /**
     * Stands for the kind where an entry is named by an HMAC over kind and secret: the upgrade from format 1 made it of what was
     * left of a secret that was stripped.
     */
    static final String KIND_IN_NAME = "former";

    private static final Logger LOG = System.getLogger(StoppedPosition.class.getName());

    /** Where a token stands; empty when that can't be read, of which the log tells. */
    static Optional<StoppedPosition> of(Entry token) {
        try {
            return Optional.of(UnreadableEntries.naming(
                    token.getDN(),
                    () -> new StoppedPosition(
                            kind(TokenEntry.movingFactor(token), TokenEntry.algorithm(token)),
                            TokenEntry.firstAllowed(token) - 1)));
        } catch (Problem.Corrupt e) {
            LOG.log(
                    Level.WARNING,
                    "The token {0} ends, and what its secret has used could not be read: {1}",
                    token.getDN(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    static String kind(MovingFactor movingFactor, HashAlgorithm algorithm) {
        return switch (movingFactor) {
            case Counter counter -> "HOTP/" + algorithm.macName() + "/0";
            case TimeStep timeStep -> "TOTP/" + algorithm.macName() + "/" + timeStep.seconds();
        };
    }

    /** Where the secret of an entry has stopped; -1 for a kind that was never used. */
    static long last(Entry key, String kind) {
        return all(key).getOrDefault(kind, -1L);
    }

    /** Keeps it on the entry of the secret, unless that is further already. */
    void putOn(Entry key) {
        Map<String, Long> all = all(key);
        all.merge(kind, last, Math::max);
        key.setAttribute(
                Schema.STOPPED,
                all.entrySet().stream()
                        .map(value -> value.getKey() + " " + value.getValue())
                        .toList());
    }

    private static Map<String, Long> all(Entry key) {
        return UnreadableEntries.naming(key.getDN(), () -> {
            Map<String, Long> all = new TreeMap<>();
            for (String value : Attributes.values(key, Schema.STOPPED)) {
                int space = value.indexOf(' ');
                all.put(value.substring(0, space), Long.parseLong(value.substring(space + 1)));
            }
            return all;
        });
    }
}
