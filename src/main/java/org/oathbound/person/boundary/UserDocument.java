package org.oathbound.person.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.person.entity.NewPerson;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
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

    private final JsonObject body;
    private final UUID population;
    private final List<Detail> faults = new ArrayList<>();
    private final Fields fields;

    private UserDocument(JsonObject body, UUID population) {
        this.body = body;
        this.population = population;
        this.fields = new Fields(body, "", faults);
    }

    /** @param population the only one that a user can be in */
    static NewPerson created(JsonObject body, UUID population) {
        UserDocument document = new UserDocument(body, population);
        Boolean mfaEnabled = document.fields.flag("mfaEnabled");
        Fields password = document.fields.object("password");
        String typed = password == null || password.isAbsent(PasswordDocument.VALUE)
                ? null
                : PasswordDocument.password(password, PasswordDocument.VALUE);
        return new NewPerson(document.profile(null), typed, mfaEnabled);
    }

    /** What is said of a user from now on. */
    static Profile replacement(JsonObject body, UUID population) {
        return new UserDocument(body, population).profile(null);
    }

    /** What becomes of what is said: a member that is absent stays, one that is null goes (RFC 7396). */
    static UnaryOperator<Profile> patch(JsonObject body, UUID population) {
        return before -> new UserDocument(body, population).profile(before);
    }

    private Profile profile(@Nullable Profile before) {
        Username username = before == null || body.containsKey("username") ? username() : before.username();
        String email = before == null || body.containsKey("email") ? email() : before.email();
        Fields name = fields.object("name");
        String given = namePart(name, "given", before == null ? null : before.given());
        String family = namePart(name, "family", before == null ? null : before.family());
        checkPopulation();
        if (Boolean.FALSE.equals(fields.flag("enabled"))) {
            fields.fault(DetailCode.INVALID_VALUE, "enabled", "Users can't be disabled here; delete the user.");
        }
        // What is null has left a fault; the comparison tells the compiler so.
        if (!faults.isEmpty() || username == null) {
            throw new Problem.InvalidData(faults);
        }
        return new Profile(username, email, given, family);
    }

    private @Nullable Username username() {
        String text = fields.requiredText("username");
        if (text == null) {
            return null;
        }
        Username username = new Username(text);
        if (username.value().isEmpty()) {
            fields.fault(DetailCode.EMPTY_VALUE, "username", "The user name is empty.");
        } else if (isLonger(username.value(), Username.MAX_LENGTH)) {
            fields.tooLong("username", Username.MAX_LENGTH);
        } else if (!Username.isUsername(text)) {
            fields.fault(DetailCode.INVALID_VALUE, "username", "The user name may have visible characters only.");
        }
        return username;
    }

    private @Nullable String email() {
        String email = text(fields, "email");
        if (email != null && !EMAIL.matcher(email).matches()) {
            fields.notMatching(
                    "email",
                    "The e-mail address must have one @ with something on both sides, in ASCII.",
                    EMAIL.pattern());
        }
        return email;
    }

    private @Nullable String namePart(@Nullable Fields name, String part, @Nullable String before) {
        if (!body.containsKey("name")) {
            return before;
        }
        if (name == null) {
            return null;
        }
        return body.getJsonObject("name").containsKey(part) ? text(name, part) : before;
    }

    /** Without white space around it; one that is empty counts as none. */
    private static @Nullable String text(Fields fields, String name) {
        String given = fields.text(name);
        String text = given == null ? "" : given.strip();
        if (isLonger(text, MAX_LENGTH)) {
            fields.tooLong(name, MAX_LENGTH);
            return null;
        }
        if (UNREADABLE.matcher(text).find()) {
            fields.fault(DetailCode.INVALID_VALUE, name, "The value has characters that nobody can read.");
            return null;
        }
        return text.isEmpty() ? null : text;
    }

    private void checkPopulation() {
        Fields given = fields.object("population");
        if (given == null) {
            return;
        }
        String id = given.text("id");
        if (id != null && !id.equalsIgnoreCase(population.toString())) {
            given.fault(
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
