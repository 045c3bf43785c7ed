package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class FreeIpaLdifFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("dn: ipatokenUniqueID=u,cn=otp\nobjectClass: ipatokenTOTP\nipatokenUniqueID: u\nipatokenOTPkey:: AAECAwQFBgcICQoLDA0ODw==\nipatokenOTPdigits: 6\nipatokenTOTPtimeStep: 30\nipatokenTOTPclockOffset: -60\nipatokenOwner: uid=j,dc=e\nipatokenNotAfter: 20301231000000Z\n\n", "dn:: eA==\nobjectClass: ipatokenHOTP\nipatokenUniqueID: u\nipatokenOTPkey:< file:///etc/passwd\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new FreeIpaLdif(Hints.NONE), file);
    }
}
