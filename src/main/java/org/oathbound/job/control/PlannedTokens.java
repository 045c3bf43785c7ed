package org.oathbound.job.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.job.entity.RowReport;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenRules;

/** The tokens that earlier rows of a preview would create. For one thread. */
final class PlannedTokens {

    private static final String UNKNOWN = "";

    private final Map<SerialNumber, String> fingerprints = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    /**
     * One more, unless an earlier row has its serial number or its secret.
     *
     * @param serialNumber null for an authenticator app
     * @return the token of the earlier row that has the serial number; empty when there is none
     * @throws org.oathbound.problem.Problem.InvalidData when an earlier row has the secret
     */
    Optional<Existing> add(@Nullable SerialNumber serialNumber, String fingerprint) {
        String before = serialNumber == null ? null : fingerprints.get(serialNumber);
        if (before != null) {
            boolean same = before.equals(fingerprint) || before.equals(UNKNOWN);
            return Optional.of(same ? Existing.SAME : Existing.OTHER_KEY);
        }
        String owner = owners.putIfAbsent(fingerprint, named(serialNumber));
        if (owner != null) {
            throw TokenRules.secretTaken(owner);
        }
        if (serialNumber != null) {
            fingerprints.put(serialNumber, fingerprint);
        }
        return Optional.empty();
    }

    /** Those of a chunk that was previewed before a stop. Lines of earlier versions don't tell which secrets. */
    void add(List<RowReport> lines) {
        for (RowReport line : lines) {
            SerialNumber serialNumber = line.serialNumber() == null ? null : new SerialNumber(line.serialNumber());
            String fingerprint = line.fingerprint();
            if (fingerprint != null) {
                owners.put(fingerprint, named(serialNumber));
            }
            if (serialNumber != null) {
                fingerprints.put(serialNumber, fingerprint == null ? UNKNOWN : fingerprint);
            }
        }
    }

    private static String named(@Nullable SerialNumber serialNumber) {
        return serialNumber == null ? "Somebody's authenticator app" : "The token " + serialNumber.value();
    }
}
