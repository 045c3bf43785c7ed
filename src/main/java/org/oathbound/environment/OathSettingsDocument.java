package org.oathbound.environment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.oathbound.environment.OathSettings.Bind;
import org.oathbound.environment.OathSettings.EnrolByPassword;
import org.oathbound.environment.OathSettings.Hotp;
import org.oathbound.environment.OathSettings.Totp;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.Problem;

/**
 * {@code oathSettings} as a document, and back. Its bounds keep a lucky guess unlikely; docs/configuration.md does the
 * arithmetic. A member that is absent has its default.
 */
public final class OathSettingsDocument {

    static final int MAX_LOOK_AHEAD = 50;
    static final int MAX_HOTP_RESYNC = 1_000;
    static final int MAX_ACTIVATION = 5_000;
    static final int MAX_TOTP_WINDOW = 10;
    /** As far as a token's drift can go. */
    static final int MAX_TOTP_RESYNC = 60;

    private static final List<String> HASH_ALGORITHMS = List.of("HmacSHA1", "HmacSHA256", "HmacSHA512");

    private OathSettingsDocument() {}

    /** Reads and checks a document; {@link Problem.InvalidData} with every fault. */
    public static OathSettings read(JsonObject document) {
        OathSettings unset = OathSettings.DEFAULT;
        return JsonFields.read(
                document,
                fields -> new OathSettings(
                        hotp(fields.optional("hotp").object(), unset.hotp()),
                        totp(fields.optional("totp").object(), unset.totp()),
                        fields.optional("autoResync").flag(unset.autoResync()),
                        fields.optional("bypassMfa").flag(unset.bypassMfa()),
                        fields.optional("enrolByPassword").oneOf(EnrolByPassword.class, unset.enrolByPassword()),
                        fields.optional("serialNumberPunctuation").flag(unset.serialNumberPunctuation()),
                        fields.optional("bind").oneOf(Bind.class, unset.bind()),
                        fields.optional("codeAlone").flag(unset.codeAlone()),
                        fields.optional("ticketRequired").flag(unset.ticketRequired())));
    }

    /** All of them as a document. */
    public static JsonObject write(OathSettings settings) {
        return Json.createObjectBuilder()
                .add(
                        "hotp",
                        Json.createObjectBuilder()
                                .add("lookAhead", settings.hotp().lookAhead())
                                .add("resyncWindow", settings.hotp().resyncWindow())
                                .add("activationWindow", settings.hotp().activationWindow())
                                .add(
                                        "hashAlgorithms",
                                        Json.createArrayBuilder(settings.hotp().hashAlgorithms())))
                .add(
                        "totp",
                        Json.createObjectBuilder()
                                .add("window", settings.totp().window())
                                .add("resyncWindow", settings.totp().resyncWindow()))
                .add("autoResync", settings.autoResync())
                .add("bypassMfa", settings.bypassMfa())
                .add("enrolByPassword", settings.enrolByPassword().name())
                .add("serialNumberPunctuation", settings.serialNumberPunctuation())
                .add("bind", settings.bind().name())
                .add("codeAlone", settings.codeAlone())
                .add("ticketRequired", settings.ticketRequired())
                .build();
    }

    /** Each window holds the one before it. */
    private static Hotp hotp(JsonFields fields, Hotp unset) {
        int lookAhead = fields.optional("lookAhead").integer(0, MAX_LOOK_AHEAD, unset.lookAhead());
        int resyncWindow = fields.optional("resyncWindow").integer(lookAhead, MAX_HOTP_RESYNC, unset.resyncWindow());
        return new Hotp(
                lookAhead,
                resyncWindow,
                fields.optional("activationWindow").integer(resyncWindow, MAX_ACTIVATION, unset.activationWindow()),
                Objects.requireNonNullElse(
                        fields.optional("hashAlgorithms").someOf(HASH_ALGORITHMS), unset.hashAlgorithms()));
    }

    private static Totp totp(JsonFields fields, Totp unset) {
        int window = fields.optional("window").integer(0, MAX_TOTP_WINDOW, unset.window());
        return new Totp(window, fields.optional("resyncWindow").integer(window, MAX_TOTP_RESYNC, unset.resyncWindow()));
    }
}
