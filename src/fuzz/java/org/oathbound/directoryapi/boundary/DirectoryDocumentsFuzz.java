package org.oathbound.directoryapi.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class DirectoryDocumentsFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"credentials\":{\"authenticationType\":\"passwordPlusTOTP\",\"username\":\"jdoe\","
                        + "\"staticPassword\":\"x\",\"totpPassword\":\"755224\"},\"returnUserAttributes\":[\"*\"]}",
                "{\"oldPassword\":\"x\",\"newPassword\":\"correct horse\"}",
                "{\"filter\":\"uid pr\",\"searchScope\":\"wholeSubtree\",\"limit\":3,\"excludeAttributes\":\"sn\"}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(
                input,
                AuthenticateDocument::read,
                PasswordChangeDocument::read,
                document -> new SearchDocument(document).query());
    }
}
