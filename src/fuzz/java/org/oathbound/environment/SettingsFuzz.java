package org.oathbound.environment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class SettingsFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"id\":\"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\",\"name\":\"P\",\"default\":true,\"sms\":{\"enabled\":false},\"email\":{\"enabled\":false},\"voice\":{\"enabled\":false},\"mobile\":{\"enabled\":false},\"totp\":{\"enabled\":true,\"passcodeGracePeriod\":2,\"otp\":{\"failure\":{\"count\":3,\"coolDown\":{\"duration\":2,\"timeUnit\":\"MINUTES\"}}},\"uriParameters\":{\"issuer\":\"A\"}},\"oathToken\":{\"enabled\":true}}",
                "{\"hotp\":{\"lookAhead\":1e1,\"resyncWindow\":100,\"activationWindow\":1000,\"hashAlgorithms\":[\"HmacSHA1\"]},\"totp\":{\"window\":2},\"autoResync\":true,\"bind\":\"PASSWORD\"}",
                "{\"pairing\":{\"maxAllowedDevices\":5},\"lockout\":{\"failureCount\":3,\"durationSeconds\":60},\"users\":{\"mfaEnabled\":true}}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(
                input,
                PolicyDocument::read,
                OathSettingsDocument::read,
                document -> MfaSettings.given(document, Instant.EPOCH));
    }
}
