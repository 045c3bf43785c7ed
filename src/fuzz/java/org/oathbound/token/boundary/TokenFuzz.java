package org.oathbound.token.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.environment.OathSettings;
import org.oathbound.token.entity.TokenRules;

public class TokenFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"serialNumber\":\"H1\",\"secret\":\"3132333435363738393031323334353637383930\",\"type\":\"HOTP\",\"hotp\":{\"counter\":9007199254740991,\"hashAlgorithm\":\"HmacSHA1\"},\"otpLength\":6,\"rowNumber\":1}",
                "{\"serialNumber\":\" t-1 \",\"secret\":\"3132333435363738393031323334353637383930\",\"type\":\"TOTP\",\"totp\":{\"timeStep\":3e1,\"drift\":-2,\"hashAlgorithm\":\"HmacSHA256\"},\"otpLength\":8.0,\"manufacturer\":\"M\",\"model\":\"X\",\"expiresAt\":\"2030-12-31T00:00:00Z\"}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(
                input,
                document -> TokenRules.check(TokenDocument.read(document), OathSettings.DEFAULT, 128, null, false),
                document -> TokenRules.check(TokenDocument.read(document), OathSettings.DEFAULT, 80, Instant.EPOCH, true),
                document ->
                        TokenRules.checkMovedApp(TokenDocument.read(document), OathSettings.DEFAULT, 80, Instant.EPOCH));
    }
}
