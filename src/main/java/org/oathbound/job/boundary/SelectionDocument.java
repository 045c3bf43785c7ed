package org.oathbound.job.boundary;

import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.job.control.TokenSelection;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenFilter;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.SerialNumberRange;

/** The member {@code selection} of a job's body: a batch, a range of serial numbers or a filter. */
final class SelectionDocument {

    static final String NAME = "selection";

    private static final String BATCH = "batch";
    private static final String SERIAL_NUMBERS = "serialNumbers";
    private static final String FILTER = "filter";

    private final JsonFields selection;

    private SelectionDocument(JsonFields selection) {
        this.selection = selection;
    }

    /**
     * Reads it; null, and a fault, where it is not what it should be.
     *
     * @param job the body
     */
    static @Nullable TokenSelection read(JsonFields job) {
        JsonFields object = job.optional(NAME).object();
        return object.isAbsent() ? null : new SelectionDocument(object).read();
    }

    private @Nullable TokenSelection read() {
        long kinds = Stream.of(BATCH, SERIAL_NUMBERS, FILTER)
                .filter(name -> !selection.isAbsent(name))
                .count();
        if (kinds != 1) {
            selection.fault(
                    DetailCode.CONSTRAINT_VIOLATION, BATCH, "A selection has one of batch, serialNumbers and filter.");
            return null;
        }
        if (!selection.isAbsent(BATCH)) {
            UUID batch = selection.required(BATCH).uuid();
            return batch == null ? null : TokenSelection.of(new TokenQuery().createdBy(batch));
        }
        return selection.isAbsent(FILTER)
                ? range(selection.optional(SERIAL_NUMBERS).object())
                : filter();
    }

    private @Nullable TokenSelection range(JsonFields ends) {
        if (ends.isAbsent()) {
            return null;
        }
        SerialNumberRange range = SerialNumberRange.read(end(ends, "from"), end(ends, "to"), ends.faults());
        return range == null ? null : TokenSelection.of(range);
    }

    private static @Nullable SerialNumber end(JsonFields ends, String name) {
        String text = ends.required(name).text();
        if (text != null && !SerialNumber.isSerialNumber(text.strip())) {
            ends.invalid(name, "This can't be a serial number.");
            return null;
        }
        return text == null ? null : new SerialNumber(text.strip());
    }

    private @Nullable TokenSelection filter() {
        String filter = selection.required(FILTER).text();
        if (filter == null) {
            return null;
        }
        try {
            return TokenSelection.of(TokenFilter.query(filter));
        } catch (Problem.InvalidRequest refused) {
            for (Detail fault : refused.details()) {
                selection.faults().add(fault.code(), FILTER, fault.message(), fault.innerError());
            }
            return null;
        }
    }
}
