package org.oathbound.job.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.FormData;
import org.oathbound.job.control.JobUpload;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.control.FormatByContent;
import org.oathbound.seedfile.control.MovedStates;
import org.oathbound.seedfile.control.MovedTokens;
import org.oathbound.seedfile.control.SeedFiles;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.control.SeedRows;

/**
 * A seed file that comes in, by itself or as the last part of a form. The form is read as it comes, so what is said of the
 * file stands before it, and so does the state of tokens that move in.
 */
final class SeedFileUpload {

    private static final String STATE = "state";
    private static final int MAX_FIELD_BYTES = 4 * 1024;

    private final JobUpload upload;
    private final boolean mayPair;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable MovedStates states;
    private Job.@Nullable Options options;

    /** @param mayPair whether the caller may pair tokens */
    SeedFileUpload(JobUpload upload, boolean mayPair) {
        this.upload = upload;
        this.mayPair = mayPair;
    }

    /** Reads a file by itself. */
    Job.Options read(InputStream file, Map<String, String> query) {
        if (!query.containsKey("format")) {
            // Where the content does not tell it, it is asked for below, with all that is wrong with the query.
            FormatByContent.named(file).ifPresent(SeedFileUpload::refuseWithoutFormat);
        }
        return read(SeedFileRequest.ofQuery(query), file, new OwnersChecked());
    }

    /** Reads a form. */
    Job.Options read(InputStream form, String contentType) {
        try {
            FormData.read(form, contentType, this::part);
        } catch (IOException e) {
            throw new Problem.InvalidRequest(
                    DetailCode.INVALID_VALUE, null, "The request's body can't be read to its end.");
        }
        if (options == null) {
            throw invalid(DetailCode.REQUIRED_VALUE, JobUpload.FILE, "The form has no file.");
        }
        return options;
    }

    private void part(String name, InputStream body) throws IOException {
        if (options != null) {
            throw invalid(DetailCode.INVALID_VALUE, name, "The file must be the last part of the form.");
        }
        if (name.equals(JobUpload.FILE)) {
            if (!fields.containsKey("format")) {
                FormatByContent.named(body).ifPresent(SeedFileUpload::refuseWithoutFormat);
                throw invalid(DetailCode.REQUIRED_VALUE, "format", "Say the format in a field before the file.");
            }
            SeedFileRequest request = SeedFileRequest.ofForm(fields);
            if (states == null) {
                options = read(request, body, new OwnersChecked());
            } else {
                MovedTokens moved = new MovedTokens(states, new OwnersChecked());
                options = read(request, body, moved);
                moved.finish();
            }
        } else if (name.equals(STATE)) {
            states = MovedStates.read(body);
        } else {
            field(name, body);
        }
    }

    private void field(String name, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) {
            throw invalid(DetailCode.SIZE_LIMIT_EXCEEDED, name, "The field is longer than 4096 bytes.");
        }
        if (fields.put(name, new String(bytes, StandardCharsets.UTF_8)) != null) {
            throw invalid(DetailCode.INVALID_VALUE, name, "The form has this field twice.");
        }
    }

    private Job.Options read(SeedFileRequest request, InputStream file, SeedRows rows) {
        InputStream checked = FormatByContent.checked(request.format(), file);
        SeedFiles.of(request.format(), request.hints(), request.key()).read(checked, rows);
        if (upload.rows() == 0) {
            throw invalid(DetailCode.EMPTY_VALUE, JobUpload.FILE, "The file has no tokens.");
        }
        return request.options();
    }

    private static void refuseWithoutFormat(String sentence) {
        throw invalid(DetailCode.REQUIRED_VALUE, "format", sentence);
    }

    private static Problem.InvalidData invalid(DetailCode code, String target, String message) {
        return new Problem.InvalidData(code, target, message);
    }

    /** Passes rows on to the upload, but no pairing that its sender may not make. */
    private final class OwnersChecked implements SeedRows {

        @Override
        public void columns(List<String> names) {
            upload.columns(names);
        }

        @Override
        public void row(SeedRow row) {
            if (row.owner() != null && !mayPair) {
                throw new Problem.Forbidden("The file gives tokens to people, as in row " + row.number()
                        + ", and none of the application's roles permits that.");
            }
            upload.row(row);
        }
    }
}
