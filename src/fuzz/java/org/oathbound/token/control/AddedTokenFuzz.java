package org.oathbound.token.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.unboundid.ldap.sdk.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.directory.Ldif;
import org.oathbound.environment.OathSettings;
import org.oathbound.problem.Problem;

public class AddedTokenFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "objectClass: oathHOTPToken\noathTokenSerialNumber: A1\noathSecret: 12345678901234567890\noathOTPLength: 6\noathHOTPCounter: 9223372036854775807\noathHMACAlgorithm: 1.2.840.113549.2.9\n",
                "objectClass: oathTOTPToken\ncn: A1\noathTokenSerialNumber: A1\noathSecret: 0123456789abcdef\noathTOTPTimeStepPeriod: 60\noathboundExpiresAt: 20301231000000Z\noathboundModel;x-a: M\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Entry entry = new Entry("oathTokenIdentifier=a", Ldif.schema());
        for (String line : Fuzz.text(input).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                entry.addAttribute(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        try {
            AddedToken.read(entry, OathSettings.DEFAULT);
        } catch (Problem.InvalidData refused) {
            Fuzz.check(!refused.details().isEmpty(), "a fault has a name");
        }
    }
}
