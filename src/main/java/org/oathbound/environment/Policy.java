package org.oathbound.environment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Instant;
import java.util.UUID;
import org.oathbound.problem.Problem;

/**
 * A device authentication policy, as PingOne has it.
 *
 * @param document all of it, as it was given
 * @param isDefault whether it is the one that decides how codes are judged; exactly one of an environment's is
 * @param fobs what it says of OATH tokens
 * @param apps what it says of authenticator apps
 * @param appWindow time steps to either side in which one code of an app is enough
 * @param issuer what an app shows beside the person's name
 */
public record Policy(
        UUID id,
        JsonObject document,
        String name,
        boolean isDefault,
        Method fobs,
        Method apps,
        int appWindow,
        String issuer) {

    /** What it says of one way to sign on. */
    public record Method(boolean enabled, boolean pairingDisabled, Lockout lockout) {}

    private static final String OATH_TOKEN = """
            {"enabled": true, "pairingDisabled": false,
             "otp": {"failure": {"count": 3, "coolDown": {"duration": 2, "timeUnit": "MINUTES"}}}}""";

    private static final String MESSAGE = """
            {"enabled": false, "otp": {"lifeTime": {"duration": 30, "timeUnit": "MINUTES"},
             "failure": {"count": 3, "coolDown": {"duration": 0, "timeUnit": "MINUTES"}}}}""";

    private static final String MOBILE = """
            {"enabled": false, "otp": {"failure": {"count": 3, "coolDown": {"duration": 2, "timeUnit": "MINUTES"}}}}""";

    /** The policy that a new environment has before one is stored. */
    static Policy first(Environment environment) {
        return read(Json.createObjectBuilder()
                .add("id", environment.firstPolicy().toString())
                .add("name", "Default")
                .add("default", true)
                .add("forSignOnPolicy", false)
                .add("oathToken", json(OATH_TOKEN))
                .add("totp", json(OATH_TOKEN))
                .add("sms", json(MESSAGE))
                .add("email", json(MESSAGE))
                .add("voice", json(MESSAGE))
                .add("mobile", json(MOBILE))
                .build());
    }

    /** As a client gives it; {@link Problem.InvalidData} with every fault. */
    static Policy given(UUID id, JsonObject given, Instant now) {
        JsonObjectBuilder document = Json.createObjectBuilder()
                .add("id", id.toString())
                .add("oathToken", json(OATH_TOKEN)); // clients that know PingOne's other methods only leave it out
        Documents.addGiven(document, given, now).add("forSignOnPolicy", false);
        return read(Documents.bounded(document.build()));
    }

    /** As it is stored; {@link Problem.InvalidData} with every fault. */
    static Policy read(JsonObject document) {
        return PolicyDocument.read(document);
    }

    Policy withDefault(boolean isDefault) {
        return isDefault == this.isDefault
                ? this
                : read(Json.createObjectBuilder(document)
                        .add("default", isDefault)
                        .build());
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
