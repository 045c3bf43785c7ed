package org.oathbound.device.control;

import org.oathbound.device.entity.Credential.Split;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.token.control.Foreseen;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

/**
 * A device that a typed code may be of.
 *
 * @param split the line, with a code of the device's length
 * @param foreseen what judging the code would say
 */
record Candidate(PairedDevice device, Split split, Foreseen foreseen) {

    Verdict verdict() {
        return foreseen.verdict();
    }

    /** Whether the code is one of the device's, though it is not accepted: then nobody has guessed. */
    boolean isNoGuess() {
        return switch (verdict()) {
            case Rejected rejected -> !rejected.reason().isCounted();
            case Locked locked -> locked.fits();
            case Accepted accepted -> false;
            case NeedsNext needsNext -> false;
        };
    }
}
