package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.http.JsonFields;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.SerialNumber;

/** Reads rows of jobs that name a token and a person. */
@Dependent
final class PairRow {

    private final Persons persons;
    private final RefuseRoleHolders roles;

    @Inject
    PairRow(Persons persons, RefuseRoleHolders roles) {
        this.persons = persons;
        this.roles = roles;
    }

    /** The person and the token of a row. */
    record Pair(UUID person, SerialNumber serialNumber) {}

    /** The object that a row is; {@link Problem.InvalidData} for anything else. */
    static JsonObject object(JsonValue row) {
        if (row instanceof JsonObject document) {
            return document;
        }
        throw new Problem.InvalidData(DetailCode.INVALID_VALUE, null, "Each of the pairs must be an object.");
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
        return JsonFields.read(document, fields -> {
            String text = fields.required("serialNumber").text();
            SerialNumber serialNumber = SerialNumber.read(text, true, fields.faults());
            UUID person = person(environment, fields);
            return serialNumber == null || person == null ? null : new Pair(person, serialNumber);
        });
    }

    /** The device that a token is paired as; {@link Problem.InvalidData} with every fault. */
    static NewDevice device(JsonObject document, SerialNumber serialNumber) {
        return JsonFields.read(document, fields -> {
            Device.Status status = fields.optional("status").oneOf(Device.Status.class, Device.Status.ACTIVE);
            String nickname = Device.nickname(fields.optional("nickname").text(), fields.faults());
            UUID replaces = fields.optional("replaces").object().required("id").uuid();
            return new NewDevice(new NewDevice.Fob(serialNumber), status, nickname, replaces);
        });
    }

    private @Nullable UUID person(Environment environment, JsonFields fields) {
        boolean byName = fields.isAbsent("user");
        if (fields.isAbsent("username") == byName) {
            fields.fault(DetailCode.REQUIRED_VALUE, "username", "Either username or user.id is required.");
            return null;
        }
        String username = fields.optional("username").text();
        UUID id = fields.optional("user").object().required("id").uuid();
        Optional<Person> found;
        if (username != null) {
            found = persons.named(environment, username);
        } else if (id != null) {
            found = persons.find(environment, id);
        } else {
            return null;
        }
        String target = byName ? "username" : "user.id";
        if (found.isEmpty()) {
            fields.invalid(target, "There is no such user.");
        }
        found.flatMap(person -> roles.person(environment, person.id(), target)).ifPresent(fields.faults()::add);
        return found.map(Person::id).orElse(null);
    }
}
