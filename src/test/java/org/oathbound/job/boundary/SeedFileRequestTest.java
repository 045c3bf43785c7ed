package org.oathbound.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Format;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;

class SeedFileRequestTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";

    private static List<Detail> faultsOf(Map<String, String> fields) {
        return catchThrowableOfType(Problem.InvalidData.class, () -> SeedFileRequest.ofForm(fields))
                .details();
    }

    @Test
    void nothingButTheFormatIsRequired() {
        SeedFileRequest request = SeedFileRequest.ofQuery(Map.of("format", "ENTRA_CSV"));
        assertThat(request.format()).isEqualTo(Format.ENTRA_CSV);
        assertThat(request.hints()).isEqualTo(Hints.NONE);
        assertThat(request.key()).isInstanceOf(FileKey.None.class);
        assertThat(request.options()).isEqualTo(Job.Options.of(128, false, false));
        assertThat(faultsOf(Map.of())).extracting(Detail::target).containsExactly("format");
    }

    @Test
    void everyHint() {
        SeedFileRequest request = SeedFileRequest.ofForm(Map.of(
                "format", "OATH_CSV",
                "encoding", "BASE32",
                "type", "TOTP",
                "otpLength", "8",
                "timeStep", "60",
                "hashAlgorithm", "HmacSHA256",
                "minimumSecretBits", "80",
                "preview", "true"));
        assertThat(request.hints()).isEqualTo(new Hints(SecretEncoding.BASE32, "TOTP", 8, 60, "HmacSHA256"));
        assertThat(request.options()).isEqualTo(Job.Options.of(80, false, true));
    }

    @ParameterizedTest
    @CsvSource({
        "format,            CSV,     INVALID_VALUE",
        "encoding,          hex,     INVALID_VALUE",
        "type,              OCRA,    INVALID_VALUE",
        "otpLength,         7,       INVALID_VALUE",
        "timeStep,          45,      INVALID_VALUE",
        "timeStep,          30s,     INVALID_VALUE",
        "timestep,          60,      INVALID_PARAMETER",
        "hashAlgorithm,     SHA1,    INVALID_VALUE",
        "minimumSecretBits, 79,      OUT_OF_RANGE",
        "minimumSecretBits, few,     INVALID_VALUE",
        "preview,           yes,     INVALID_VALUE",
        "key,               00112233, INVALID_VALUE",
        "password,          '',      EMPTY_VALUE"
    })
    void aValueThatIsNoneIsNamed(String name, String value, String code) {
        Map<String, String> fields = new HashMap<>(Map.of("format", "PSKC"));
        fields.put(name, value);
        assertThat(faultsOf(fields))
                .extracting(Detail::target, fault -> fault.code().name())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(name, code));
    }

    @Test
    void aSecretComesInAFormAndNotInAUrl() {
        Map<String, String> fields = Map.of("format", "PSKC", "key", KEY);
        assertThat(SeedFileRequest.ofForm(fields).key()).isInstanceOf(FileKey.PreShared.class);
        Problem.InvalidData refused =
                catchThrowableOfType(Problem.InvalidData.class, () -> SeedFileRequest.ofQuery(fields));
        assertThat(refused.details()).extracting(Detail::target).containsExactly("key");
        assertThat(refused).hasMessageNotContaining(KEY);
    }

    @Test
    void aPasswordOfDigitsIsText() {
        assertThat(SeedFileRequest.ofForm(Map.of("format", "PSKC", "password", "0042"))
                        .key())
                .isEqualTo(new FileKey.Password("0042"));
    }

    @Test
    void whatOpensAFileFitsIt() {
        assertThat(faultsOf(Map.of("format", "PSKC", "key", KEY, "password", "x")))
                .extracting(Detail::target)
                .containsExactly("key");
        assertThat(faultsOf(Map.of("format", "OATH_CSV", "password", "x")))
                .extracting(Detail::target)
                .containsExactly("format");
    }
}
