package org.oathbound.job.boundary;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonBody;
import org.oathbound.job.control.JobUpload;
import org.oathbound.job.control.TokenSelection;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.control.RowLimit;

/**
 * The body of a job: one JSON object whose rows, the elements of one member, are passed on as they come; only the other
 * members are kept.
 */
final class JobDocument {

    private final Job.Type type;
    private final @Nullable String rowsName;
    private final JsonObjectBuilder others = JsonProvider.provider().createObjectBuilder();
    private boolean hasRows;

    /** @param rowsName the member that holds the rows; null for a job that has a selection only */
    JobDocument(Job.Type type, @Nullable String rowsName) {
        this.type = type;
        this.rowsName = rowsName;
    }

    /**
     * Reads the body to its end; {@link Problem} when it is not what it should be.
     *
     * @param selected makes a selection rows, where the body has one
     */
    Job.Options read(InputStream body, JobUpload upload, Consumer<TokenSelection> selected) {
        RowLimit rowLimit = new RowLimit(body);
        JsonBody.parse(rowLimit, parser -> members(parser, rowLimit, upload));
        JobOptions members = new JobOptions(others.build(), type);
        Job.Options options = members.read(rowsName, hasRows, upload.rows());
        Optional.ofNullable(members.selection()).ifPresent(selected);
        return options;
    }

    private boolean members(JsonParser parser, RowLimit rowLimit, JobUpload upload) {
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            Event value = parser.next();
            if (name.equals(rowsName) && value == Event.START_ARRAY) {
                rows(parser, name, rowLimit, upload);
            } else {
                others.add(name, parser.getValue());
            }
            rowLimit.nextRow();
        }
        return hasRows;
    }

    private void rows(JsonParser parser, String name, RowLimit rowLimit, JobUpload upload) {
        if (hasRows) {
            throw new Problem.InvalidRequest(DetailCode.INVALID_VALUE, name, "The body has " + name + " twice.");
        }
        hasRows = true;
        while (parser.next() != Event.END_ARRAY) {
            rowLimit.nextRow();
            upload.row(parser.getValue(), name);
        }
    }
}
