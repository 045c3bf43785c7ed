package org.oathbound.environment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.OathSettings.Bind;
import org.oathbound.environment.OathSettings.EnrolByPassword;
import org.oathbound.environment.OathSettings.Hotp;
import org.oathbound.environment.OathSettings.Totp;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Fields;
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
        List<Detail> faults = new ArrayList<>();
        Fields fields = new Fields(document, "", faults);
        OathSettings unset = OathSettings.DEFAULT;
        OathSettings settings = new OathSettings(
                hotp(fields.object("hotp"), unset.hotp()),
                totp(fields.object("totp"), unset.totp()),
                flag(fields, "autoResync", unset.autoResync()),
                flag(fields, "bypassMfa", unset.bypassMfa()),
                oneOf(fields, "enrolByPassword", EnrolByPassword.class, unset.enrolByPassword()),
                flag(fields, "serialNumberPunctuation", unset.serialNumberPunctuation()),
                oneOf(fields, "bind", Bind.class, unset.bind()),
                flag(fields, "codeAlone", unset.codeAlone()));
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return settings;
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
                .build();
    }

    /** Each window holds the one before it. */
    private static Hotp hotp(@Nullable Fields fields, Hotp unset) {
        if (fields == null) {
            return unset;
        }
        int lookAhead = number(fields, "lookAhead", 0, MAX_LOOK_AHEAD, unset.lookAhead());
        int resyncWindow = number(fields, "resyncWindow", lookAhead, MAX_HOTP_RESYNC, unset.resyncWindow());
        return new Hotp(
                lookAhead,
                resyncWindow,
                number(fields, "activationWindow", resyncWindow, MAX_ACTIVATION, unset.activationWindow()),
                Objects.requireNonNullElse(fields.listOf("hashAlgorithms", HASH_ALGORITHMS), unset.hashAlgorithms()));
    }

    private static Totp totp(@Nullable Fields fields, Totp unset) {
        if (fields == null) {
            return unset;
        }
        int window = number(fields, "window", 0, MAX_TOTP_WINDOW, unset.window());
        return new Totp(window, number(fields, "resyncWindow", window, MAX_TOTP_RESYNC, unset.resyncWindow()));
    }

    private static int number(Fields fields, String name, int first, int last, int unset) {
        Long number = fields.integer(name, first, last);
        return number == null ? unset : number.intValue();
    }

    private static boolean flag(Fields fields, String name, boolean unset) {
        return Objects.requireNonNullElse(fields.flag(name), unset);
    }

    private static <E extends Enum<E>> E oneOf(Fields fields, String name, Class<E> type, E unset) {
        String text = fields.oneOf(
                name, Stream.of(type.getEnumConstants()).map(Enum::name).toList());
        return text == null ? unset : Enum.valueOf(type, text);
    }
}
