package org.oathbound.person.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;

public class UserFuzz {

    private static final UUID POPULATION = UUID.fromString("6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11");

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"username\":\"jane\",\"email\":\"j@x.org\",\"name\":{\"given\":\"J\",\"family\":\"D\"},\"population\":{\"id\":\"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\"},\"mfaEnabled\":true,\"password\":{\"value\":\"correct horse\",\"forceChange\":false},\"enabled\":true}",
                "{\"newPassword\":\"correct horse\",\"mfaEnabled\":true,\"bypassExpiration\":\"2030-12-31T00:00:00Z\"}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(
                input,
                document -> UserDocument.created(document, POPULATION),
                document -> UserDocument.patch(document, POPULATION, true).apply(new Profile(new Username("jane"), null, null, null)),
                document -> PasswordDocument.read(document, PasswordDocument.NEW_VALUE));
    }
}
