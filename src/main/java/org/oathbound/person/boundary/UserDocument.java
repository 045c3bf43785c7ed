package org.oathbound.person.boundary;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.person.entity.NewPerson;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;

/**
 * Reads a user from the document that PingOne's API describes, and names every fault of it. Members that it does not know
 * are passed over, as PingOne does. Each method throws {@link Problem.InvalidData} with every fault.
 */
final class UserDocument {

    static final int MAX_LENGTH = 256;

    /** LDAP's {@code mail} is ASCII (RFC 4524 section 2.16). */
    private static final Pattern EMAIL = Pattern.compile("^[!-?A-~]+@[!-?A-~]+$");

    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private final UUID population;
    private final Faults faults;
    private final JsonFields fields;

    private UserDocument(JsonFields fields, UUID population) {
        this.population = population;
        this.fields = fields;
        this.faults = fields.faults();
    }

    /** @param population the only one that a user can be in */
    static NewPerson created(JsonObject body, UUID population) {
        return JsonFields.read(body, fields -> {
            Boolean mfaEnabled = fields.optional("mfaEnabled").flag();
            JsonFields password = fields.optional("password").object();
            String typed = password.isAbsent(PasswordDocument.VALUE)
                    ? null
                    : PasswordDocument.password(password, PasswordDocument.VALUE);
            boolean mustChange = typed != null && PasswordDocument.mustChange(body.getJsonObject("password"));
            boolean enabled = fields.optional("enabled").flag(true);
            Profile profile = new UserDocument(fields, population).profile(null);
            return profile == null ? null : new NewPerson(profile, typed, mustChange, enabled, mfaEnabled);
        });
    }

    /**
     * The profile of a user from now on.
     *
     * @param enabled whether the user is; the document may say so, and does not change it
     */
    static Profile replacement(JsonObject body, UUID population, boolean enabled) {
        return JsonFields.read(body, fields -> new UserDocument(fields, population)
                .checkEnabled(enabled)
                .profile(null));
    }

    /** The change of the profile: an absent member stays, a null member is removed (RFC 7396). */
    static UnaryOperator<Profile> patch(JsonObject body, UUID population, boolean enabled) {
        return before -> JsonFields.read(body, fields -> new UserDocument(fields, population)
                .checkEnabled(enabled)
                .profile(before));
    }

    /** Reads the population that a user is to be in; {@link Problem.InvalidData} for another one than there is. */
    static void checkPopulation(JsonObject body, UUID population) {
        JsonFields.read(body, fields -> {
            checkPopulation(fields, fields.required("id").text(), population);
            return population;
        });
    }

    private @Nullable Profile profile(@Nullable Profile before) {
        Username username = before == null || fields.names("username") ? username() : before.username();
        String email = before == null || fields.names("email") ? email() : before.email();
        JsonFields name = fields.optional("name").object();
        String given = namePart(name, "given", before == null ? null : before.given());
        String family = namePart(name, "family", before == null ? null : before.family());
        JsonFields inPopulation = fields.optional("population").object();
        checkPopulation(inPopulation, inPopulation.optional("id").text(), population);
        return username == null ? null : new Profile(username, email, given, family);
    }

    private @Nullable Username username() {
        String text = fields.required("username").text();
        if (text == null) {
            return null;
        }
        Username username = new Username(text);
        if (username.value().isEmpty()) {
            faults.add(DetailCode.EMPTY_VALUE, "username", "The user name is empty.");
        } else if (isLonger(username.value(), Username.MAX_LENGTH)) {
            faults.tooLong("username", Username.MAX_LENGTH);
        } else if (!Username.isUsername(text)) {
            faults.invalid("username", "The user name may have visible characters only.");
        }
        return username;
    }

    private @Nullable String email() {
        String email = text(fields, "email");
        if (email != null && !EMAIL.matcher(email).matches()) {
            faults.notMatching(
                    "email",
                    "The e-mail address must have one @ with something on both sides, in ASCII.",
                    EMAIL.pattern());
        }
        return email;
    }

    /** A name that is null as a whole takes its parts along. */
    private @Nullable String namePart(JsonFields name, String part, @Nullable String before) {
        return name.names(part) || (fields.names("name") && name.isAbsent()) ? text(name, part) : before;
    }

    /** Without white space around it; one that is empty counts as none. */
    private static @Nullable String text(JsonFields fields, String name) {
        String given = fields.optional(name).text();
        String text = given == null ? "" : given.strip();
        if (isLonger(text, MAX_LENGTH)) {
            fields.faults().tooLong(name, MAX_LENGTH);
            return null;
        }
        if (UNREADABLE.matcher(text).find()) {
            fields.invalid(name, "The value has characters that nobody can read.");
            return null;
        }
        return text.isEmpty() ? null : text;
    }

    /** PingOne passes over what a client says of it; somebody who means to disable a user by it must learn that it does not. */
    private UserDocument checkEnabled(boolean enabled) {
        if (fields.optional("enabled").flag(enabled) != enabled) {
            faults.invalid("enabled", "Whether a user is enabled is changed by PUT of the user's …/enabled.");
        }
        return this;
    }

    private static void checkPopulation(JsonFields given, @Nullable String id, UUID population) {
        if (id != null && !id.equalsIgnoreCase(population.toString())) {
            given.faults()
                    .add(
                            DetailCode.INVALID_VALUE,
                            "id",
                            "The environment has one population only.",
                            Map.of("allowedValues", List.of(population.toString())));
        }
    }

    private static boolean isLonger(String text, int characters) {
        return text.codePointCount(0, text.length()) > characters;
    }
}
