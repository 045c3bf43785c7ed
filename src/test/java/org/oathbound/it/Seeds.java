package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.oathbound.otp.Secrets;

/** Rows of seed files. */
final class Seeds {

    static final String SECRET = "3132333435363738393031323334353637383930";
    static final String OTHER_SECRET = "3938373635343332313039383736353433323130";

    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** What must never come out. */
    private static final String[] SECRETS = secretsInEverySpelling();

    /** The same of {@link #secret}: of many, so a text is looked through once, not once for each. */
    private static final Set<String> DERIVED = ConcurrentHashMap.newKeySet();

    private static final Pattern RUN = Pattern.compile("[0-9A-Za-z+/_-]{27,}|\\[-?[0-9]+(?:, -?[0-9]+){19}]");
    private static final int HEX_DIGITS = 40;
    private static final int BASE64_DIGITS = 27;

    private Seeds() {}

    static void assertNoSecretIn(String text) {
        assertThat(Stream.of(SECRETS).filter(text::contains)).as("secrets").isEmpty();
        assertThat(RUN.matcher(text).results().map(MatchResult::group).flatMap(Seeds::parts))
                .as("secrets")
                .noneMatch(DERIVED::contains);
    }

    /** The job that PingOne publishes as its sample. */
    static JsonNode eightTokens() {
        try {
            return JSON.readTree(new File("docs/samples/eight-tokens.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A serial number that no other test has. */
    static String serialNumber(String prefix) {
        return prefix + NEXT.incrementAndGet();
    }

    static List<String> serialNumbers(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(n -> serialNumber(prefix)).toList();
    }

    /** The secret of a serial number, whatever its case: no two tokens that live have the same. */
    static String secret(String serialNumber) {
        String secret = Secrets.hex(serialNumber.strip().toUpperCase(Locale.ROOT));
        spellings(secret).forEach(DERIVED::add);
        return secret;
    }

    /** A code of six digits of such a token. */
    static String code(String serialNumber, long movingFactor) {
        return OwnDevices.code(secret(serialNumber), 6, movingFactor);
    }

    static ObjectNode hotp(String serialNumber) {
        return row(serialNumber, "HOTP");
    }

    static ObjectNode hotp(String serialNumber, String secret, long counter) {
        ObjectNode row = hotp(serialNumber).put("secret", secret);
        row.putObject("hotp").put("counter", counter);
        return row;
    }

    static ObjectNode totp(String serialNumber) {
        ObjectNode row = row(serialNumber, "TOTP");
        row.putObject("totp").put("timeStep", 30);
        return row;
    }

    static ObjectNode createJob(List<ObjectNode> rows) {
        ObjectNode job = JSON.createObjectNode().put("type", "CREATE_OATH_TOKENS");
        job.putArray("tokens").addAll(rows);
        return job;
    }

    static ObjectNode revokeJob(List<String> ids) {
        ObjectNode job = JSON.createObjectNode()
                .put("type", "REVOKE_OATH_TOKENS")
                .put("async", true)
                .put("forceUnpair", false);
        ids.forEach(job.putArray("tokenIds")::add);
        return job;
    }

    /** The run itself, and what of it is as long as a secret of 20 bytes. */
    private static Stream<String> parts(String run) {
        return Stream.concat(
                Stream.of(run), IntStream.of(HEX_DIGITS, BASE64_DIGITS).boxed().flatMap(length -> IntStream.rangeClosed(
                                0, run.length() - length)
                        .mapToObj(from -> run.substring(from, from + length))));
    }

    private static String[] secretsInEverySpelling() {
        List<String> secrets = new ArrayList<>(List.of(SECRET, OTHER_SECRET));
        eightTokens()
                .get("tokens")
                .forEach(token -> secrets.add(token.get("secret").asText()));
        return secrets.stream().flatMap(Seeds::spellings).toArray(String[]::new);
    }

    private static Stream<String> spellings(String secret) {
        byte[] bytes = HexFormat.of().parseHex(secret);
        return Stream.of(
                secret.toUpperCase(Locale.ROOT),
                secret.toLowerCase(Locale.ROOT),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                Arrays.toString(bytes));
    }

    private static ObjectNode row(String serialNumber, String type) {
        return JSON.createObjectNode()
                .put("serialNumber", serialNumber)
                .put("secret", secret(serialNumber))
                .put("type", type)
                .put("otpLength", 6);
    }
}
