package org.oathbound.job.boundary;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.job.control.TokenSelection;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.LabelChange;
import org.oathbound.token.entity.TokenRules;

/** The members of a job's body that are not its rows; every fault is found before one is reported. */
final class JobOptions {

    private final JsonObject members;
    private final Job.Type type;
    private final Faults faults = new Faults();
    private final JsonFields fields;
    private @Nullable TokenSelection selection;

    JobOptions(JsonObject members, Job.Type type) {
        this.members = members;
        this.type = type;
        this.fields = new JsonFields(members, faults);
    }

    /**
     * Checks them.
     *
     * @param rowsName the member that holds the rows; null for a job that has a selection only
     * @param hasRows whether it was there, as an array
     * @param rows how many rows it had
     */
    Job.Options read(@Nullable String rowsName, boolean hasRows, int rows) {
        checkType();
        if (fields.isAbsent(SelectionDocument.NAME) && rowsName != null) {
            checkRows(rowsName, hasRows, rows);
        } else {
            readSelection(hasRows);
        }
        if (!JsonValue.TRUE.equals(members.getOrDefault("async", JsonValue.TRUE))) {
            faults.invalid("async", "A job is always asynchronous: the value must be true.");
        }
        Job.Options options = Job.Options.of(minimumSecretBits(), flag("forceUnpair"), flag("preview"))
                .withAllOrNothing(creating("allOrNothing"))
                .withLabel(label());
        checkTogether(options, faults);
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults.all());
        }
        return options;
    }

    /** What the options that were read select; null for a job whose rows the client has named. */
    @Nullable
    TokenSelection selection() {
        return selection;
    }

    private void readSelection(boolean hasRows) {
        fields.required(SelectionDocument.NAME);
        if (!type.canSelect()) {
            faults.invalid(SelectionDocument.NAME, "A job of this type names its rows one by one.");
        } else if (hasRows) {
            faults.add(DetailCode.CONSTRAINT_VIOLATION, SelectionDocument.NAME, "A job has rows or a selection.");
        } else {
            selection = SelectionDocument.read(fields);
        }
    }

    private @Nullable LabelChange label() {
        if (type != Job.Type.LABEL_OATH_TOKENS) {
            return null;
        }
        JsonFields label = fields.required("label").object();
        if (label.isAbsent()) {
            return null;
        }
        Map<String, String> texts = new TreeMap<>();
        for (String name : LabelChange.NAMES) {
            String text = label.optional(name).text();
            if (label.names(name)) {
                texts.put(name, text == null ? "" : text);
            }
        }
        if (texts.isEmpty()) {
            faults.add(DetailCode.EMPTY_VALUE, "label", "There is nothing to change: say location, note or expiresAt.");
        }
        return LabelChange.read(texts, label.faults());
    }

    private void checkType() {
        JsonValue given = members.getOrDefault("type", JsonValue.NULL);
        if (JsonValue.NULL.equals(given)) {
            faults.missing("type");
        } else if (!(given instanceof JsonString text) || !text.getString().equals(type.name())) {
            faults.add(
                    DetailCode.INVALID_VALUE,
                    "type",
                    "For this media type the value must be " + type + ".",
                    Map.of("allowedValues", List.of(type.name())));
        }
    }

    private void checkRows(String rowsName, boolean hasRows, int rows) {
        if (!hasRows && JsonValue.NULL.equals(members.getOrDefault(rowsName, JsonValue.NULL))) {
            faults.missing(rowsName);
        } else if (!hasRows) {
            faults.invalid(rowsName, "The value must be an array.");
        } else if (rows == 0) {
            faults.add(DetailCode.EMPTY_VALUE, rowsName, "There is nothing to do.");
        }
    }

    private int minimumSecretBits() {
        JsonValue given = members.getOrDefault("minimumSecretBits", JsonValue.NULL);
        if (JsonValue.NULL.equals(given)) {
            return TokenRules.MINIMUM_SECRET_BITS;
        }
        for (int bits = TokenRules.LEAST_SECRET_BITS; bits <= TokenRules.MINIMUM_SECRET_BITS; bits++) {
            if (given instanceof JsonNumber number
                    && number.bigDecimalValue().compareTo(BigDecimal.valueOf(bits)) == 0) {
                return bits;
            }
        }
        faults.add(
                DetailCode.OUT_OF_RANGE,
                "minimumSecretBits",
                "The value must be a whole number from 80 to 128.",
                Map.of(
                        "rangeMinimumValue",
                        TokenRules.LEAST_SECRET_BITS,
                        "rangeMaximumValue",
                        TokenRules.MINIMUM_SECRET_BITS));
        return TokenRules.MINIMUM_SECRET_BITS;
    }

    private boolean creating(String name) {
        boolean wanted = flag(name);
        if (wanted && type != Job.Type.CREATE_OATH_TOKENS) {
            faults.invalid(name, "Only a job that creates tokens can have it.");
        }
        return wanted;
    }

    static void checkTogether(Job.Options options, Faults faults) {
        if (options.preview() && options.allOrNothing()) {
            faults.add(
                    DetailCode.CONSTRAINT_VIOLATION,
                    "allOrNothing",
                    "A preview changes nothing: leave out preview or allOrNothing.");
        }
    }

    private boolean flag(String name) {
        JsonValue given = members.getOrDefault(name, JsonValue.FALSE);
        if (!JsonValue.TRUE.equals(given) && !JsonValue.FALSE.equals(given)) {
            faults.invalid(name, "The value must be true or false.");
        }
        return JsonValue.TRUE.equals(given);
    }
}
