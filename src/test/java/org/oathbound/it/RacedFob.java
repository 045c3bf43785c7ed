package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/** A counter-based fob, and where it must stand. */
final class RacedFob {

    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";

    /** Further than any window looks. */
    private static final int FAR = 1_200;

    private final Oathbound oathbound;
    private final String serialNumber = Seeds.serialNumber("RACE");
    private final Hotp codes = new Hotp(SharedSecret.ofHex(Seeds.secret(serialNumber)), HashAlgorithm.SHA_1, 8);
    private final String id;
    private long next;

    RacedFob(Oathbound oathbound) {
        this.oathbound = oathbound;
        Answer created = oathbound.create(Seeds.hotp(serialNumber).put("otpLength", 8));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        id = created.text("/id");
    }

    String serialNumber() {
        return serialNumber;
    }

    /** The code of the next counter; no other that a window reaches has the same. */
    String right() {
        while (ahead(next + 1).contains(code(next))) {
            next++;
        }
        return code(next);
    }

    /** The one behind it. */
    String successor() {
        return code(next + 1);
    }

    /** Codes that are none of it, each another. */
    List<String> wrong(int count) {
        Set<String> right = ahead(next);
        return LongStream.iterate(0, n -> n + 1)
                .mapToObj("%08d"::formatted)
                .filter(code -> !right.contains(code))
                .limit(count)
                .toList();
    }

    /** The right code was accepted. */
    void used() {
        next++;
    }

    /** Two consecutive codes at once. */
    Answer resynchronise(String first, String second) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("otps").add(first).add(second);
        return oathbound.post("/oathTokens/" + id, RESYNC, body);
    }

    /** Where the server has it. */
    void assertStands() {
        assertThat(oathbound.get("/oathTokens/" + id).json().at("/hotp/counter").asLong())
                .as("the next counter")
                .isEqualTo(next);
    }

    private Set<String> ahead(long from) {
        return LongStream.range(from, from + FAR).mapToObj(this::code).collect(Collectors.toSet());
    }

    private String code(long counter) {
        return codes.generate(counter).text();
    }
}
