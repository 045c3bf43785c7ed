package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.util.Base64;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void aSecretIsFoundWhateverItsSpelling() {
        String secret = Seeds.secret("seeds test");
        byte[] bytes = HexFormat.of().parseHex(secret);
        for (String spelled : new String[] {
            secret,
            secret.toUpperCase(Locale.ROOT),
            "x" + secret + "y",
            Base64.encode(bytes),
            Base64.urlEncode(bytes, false),
            Arrays.toString(bytes)
        }) {
            assertThatThrownBy(() -> Seeds.assertNoSecretIn("{\"a\": \"" + spelled + "\"}"))
                    .as(spelled)
                    .isInstanceOf(AssertionError.class);
        }
        Seeds.assertNoSecretIn(secret.substring(1));
    }
}
