package org.oathbound.job.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.control.SeedRows;

/** A job that is coming in, row by row. It is no job before {@link #complete}. For one thread. */
public final class JobUpload implements SeedRows {

    /** The member of a form that the rows of a file come in. */
    public static final String FILE = "file";

    static final int CHUNK_ROWS = 500;

    private static final JsonProvider JSON = JsonProvider.provider();

    private final Environment environment;
    private final Directory directory;
    private final Seals seals;
    private final UUID id;
    private final Entry entry;
    private int rows;
    private int chunks;
    private @Nullable List<String> columns;
    private JsonArrayBuilder waiting = JSON.createArrayBuilder();

    JobUpload(Environment environment, Directory directory, Seals seals, UUID id, Entry entry) {
        this.environment = environment;
        this.directory = directory;
        this.seals = seals;
        this.id = id;
        this.entry = entry;
    }

    public UUID id() {
        return id;
    }

    public int rows() {
        return rows;
    }

    /**
     * Takes one row.
     *
     * @param target the member of the body that the rows stand in
     * @throws Problem.InvalidData for one row more than a job may have
     */
    public void row(JsonValue row, String target) {
        if (rows == Job.MAX_ROWS) {
            throw new Problem.InvalidData(new Detail(
                    DetailCode.SIZE_LIMIT_EXCEEDED,
                    target,
                    "A job has at most " + Job.MAX_ROWS + " rows; send the others as another job.",
                    Map.of("maximumValue", Job.MAX_ROWS)));
        }
        waiting.add(row);
        rows++;
        if (rows % CHUNK_ROWS == 0) {
            store();
        }
    }

    @Override
    public void columns(List<String> names) {
        columns = List.copyOf(names);
    }

    /** Takes one row of a file. */
    @Override
    public void row(SeedRow row) {
        row(KeptRow.of(row), FILE);
    }

    /** The body has ended well: from here on it is a job. */
    Job complete(Job.Options options) {
        if (rows % CHUNK_ROWS != 0) {
            store();
        }
        Entry pending = JobEntry.pending(entry, columns == null ? options : options.withColumns(columns), rows, chunks);
        if (!directory.modifyIfUnchanged(new ReadOnlyEntry(entry), pending)) {
            throw new Problem.Corrupt("The job " + id + " was changed while it was received.");
        }
        return JobEntry.job(pending);
    }

    private void store() {
        byte[] json = waiting.build().toString().getBytes(StandardCharsets.UTF_8);
        boolean added = seals.holding(() -> {
            String sealed = seals.sealCompressed(JobEntry.binding(environment, id, chunks), json);
            return directory.add(JobEntry.chunk(environment, id, chunks, sealed));
        });
        if (!added) {
            throw new Problem.Corrupt("The job " + id + " has a chunk " + chunks + " already.");
        }
        chunks++;
        waiting = JSON.createArrayBuilder();
    }
}
