package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Environment;
import org.oathbound.http.JsonFields;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenDocument;
import org.oathbound.token.entity.SerialNumber;

/** Reads rows of jobs that name a token and a person. */
@Dependent
final class PairRow {

    private final Persons persons;
    private final Enrolments enrolments;

    @Inject
    PairRow(Persons persons, Enrolments enrolments) {
        this.persons = persons;
        this.enrolments = enrolments;
    }

    /** Whom and what a row is about. */
    record Pair(UUID person, SerialNumber serialNumber) {}

    /** The object that a row is; {@link Problem.InvalidData} for anything else. */
    static JsonObject object(JsonValue row) {
        if (row instanceof JsonObject document) {
            return document;
        }
        throw new Problem.InvalidData(
                new Detail(DetailCode.INVALID_VALUE, null, "Each of the pairs must be an object."));
    }

    /** What the report shows of a row. */
    static List<String> cells(JsonValue row) {
        String serialNumber = row instanceof JsonObject document ? ChunkTotals.serialNumber(document) : null;
        return List.of(serialNumber == null ? "" : serialNumber);
    }

    /**
     * The token and the person of a row: the latter by {@code username}, or {@code user.id}.
     *
     * @throws Problem.InvalidData with every fault
     */
    Pair read(Environment environment, JsonObject document) {
        Faults faults = new Faults();
        JsonFields fields = new JsonFields(document, faults);
        SerialNumber serialNumber = TokenDocument.serialNumber(fields);
        UUID person = person(environment, fields);
        if (serialNumber == null || person == null) {
            throw new Problem.InvalidData(faults.all());
        }
        return new Pair(person, serialNumber);
    }

    private @Nullable UUID person(Environment environment, JsonFields fields) {
        if (fields.isAbsent("username") == fields.isAbsent("user")) {
            fields.faults().add(DetailCode.REQUIRED_VALUE, "username", "Either username or user.id is required.");
            return null;
        }
        Optional<Person> found;
        if (fields.isAbsent("user")) {
            String text = fields.optional("username").text();
            if (text == null) {
                return null;
            }
            found = persons.named(environment, text);
        } else {
            JsonFields user = fields.optional("user").object();
            UUID id = user.required("id").uuid();
            if (id == null) {
                return null;
            }
            found = persons.find(environment, id);
        }
        if (found.isEmpty()) {
            fields.faults()
                    .add(
                            DetailCode.INVALID_VALUE,
                            fields.isAbsent("user") ? "username" : "user.id",
                            "There is no such user.");
        }
        // Who asked for the job may stand below: that is known of a single call only.
        if (found.isPresent() && enrolments.holdsRole(environment, found.get().id())) {
            fields.faults()
                    .add(
                            DetailCode.CONSTRAINT_VIOLATION,
                            fields.isAbsent("user") ? "username" : "user.id",
                            "The user holds a role; no job pairs or unpairs for him, a call of its own does.");
            return null;
        }
        return found.map(Person::id).orElse(null);
    }
}
