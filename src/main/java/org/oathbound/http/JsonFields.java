package org.oathbound.http;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;

/**
 * The members of a JSON object, to be read by type. What is not right becomes a fault and reads as null, so that one pass
 * finds them all. A member that is {@code null} counts as absent. Of an object that is absent every member is absent, and
 * none is missing.
 */
public final class JsonFields {

    private final @Nullable JsonObject object;
    private final Faults faults;

    /** @param object null for one that is absent */
    public JsonFields(@Nullable JsonObject object, Faults faults) {
        this.object = object;
        this.faults = faults;
    }

    /**
     * Reads a document.
     *
     * @param reader gives null only where it has left a fault
     * @throws Problem.InvalidData with every fault
     */
    public static <T> T read(JsonObject document, Function<JsonFields, @Nullable T> reader) {
        Faults faults = new Faults();
        @Nullable T value = reader.apply(new JsonFields(document, faults));
        if (value == null || !faults.isEmpty()) {
            throw new Problem.InvalidData(faults.all());
        }
        return value;
    }

    /** The same, for what has facts to tell. */
    public Faults faults() {
        return faults;
    }

    /** Puts a fault that only the reader of a document knows. */
    public void fault(DetailCode code, String name, String message) {
        faults.add(code, name, message);
    }

    /** The same, of a value that has the right type and is none of ours. */
    public void invalid(String name, String message) {
        faults.invalid(name, message);
    }

    /** Whether the object is absent as a whole. */
    public boolean isAbsent() {
        return object == null;
    }

    public boolean isAbsent(String name) {
        return value(name) == null;
    }

    /** Whether the object has the member, be it {@code null}. */
    public boolean names(String name) {
        return object != null && object.containsKey(name);
    }

    public JsonMember optional(String name) {
        return new JsonMember(name, value(name), faults);
    }

    /** Absent is a fault. */
    public JsonMember required(String name) {
        if (object != null && isAbsent(name)) {
            faults.missing(name);
        }
        return optional(name);
    }

    private @Nullable JsonValue value(String name) {
        JsonValue value = object == null ? null : object.get(name);
        return JsonValue.NULL.equals(value) ? null : value;
    }
}
