package org.oathbound.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.oathbound.device.control.Devices;
import org.oathbound.device.entity.Device;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenInventory;
import org.oathbound.token.control.TokenInventory.Item;
import org.oathbound.token.entity.StoredToken;

/**
 * Makes a selection the rows of a job, once, while the job comes in. What comes into stock, or is paired, behind that is none
 * of them.
 */
@ApplicationScoped
public class SelectTokens {

    private static final String TARGET = "selection";
    private static final Comparator<TokenRow> ORDER = Comparator.<TokenRow, String>comparing(
                    row -> row.subject().toUpperCase(Locale.ROOT))
            .thenComparing(row -> String.valueOf(row.device()));

    private final TokenInventory inventory;
    private final Devices devices;

    @Inject
    public SelectTokens(TokenInventory inventory, Devices devices) {
        this.inventory = inventory;
        this.devices = devices;
    }

    /**
     * Adds a row for each token, or each device of a job that is for devices, in the order of the serial numbers.
     *
     * @throws Problem.InvalidData when there is none, or more than a job may have
     */
    public void into(JobUpload upload, Environment environment, Job.Type type, TokenSelection selection) {
        if (type.isOfDevices()) {
            selection.query().paired(true);
        }
        List<TokenRow> rows = new ArrayList<>();
        inventory.forEach(
                environment,
                selection.query(),
                item -> selection.includes(item.serialNumber()) ? rows(environment, type, item) : Stream.empty(),
                row -> add(rows, row));
        if (rows.isEmpty()) {
            throw new Problem.InvalidData(
                    DetailCode.EMPTY_VALUE,
                    TARGET,
                    type.isOfDevices()
                            ? "There is nothing to do: nobody has a token of the selection."
                            : "There is nothing to do: there is no token of the selection.");
        }
        rows.sort(ORDER);
        upload.columns(TokenRow.columns(type));
        rows.forEach(row -> upload.row(row.json(), TARGET));
    }

    private static void add(List<TokenRow> rows, TokenRow row) {
        if (rows.size() == Job.MAX_ROWS) {
            throw new Problem.InvalidData(new Detail(
                    DetailCode.SIZE_LIMIT_EXCEEDED,
                    TARGET,
                    "A job has at most " + Job.MAX_ROWS + " rows, and the selection has more: make it several jobs.",
                    Map.of("maximumValue", Job.MAX_ROWS)));
        }
        rows.add(row);
    }

    /** Of a token that can't be read it is not known who has it: its row says so when its turn comes. */
    private Stream<TokenRow> rows(Environment environment, Job.Type type, Item item) {
        UUID id = UUID.fromString(item.id());
        StoredToken read = item.read();
        if (!type.isOfDevices() || read == null) {
            return Stream.of(new TokenRow(id, item.serialNumber(), null, null));
        }
        return read.token().metadata().pairings().stream()
                .map(pairing -> devices.find(environment, read, pairing))
                .flatMap(Optional::stream)
                .map(paired -> row(id, item, paired.device()));
    }

    private static TokenRow row(UUID token, Item item, Device device) {
        return new TokenRow(token, item.serialNumber(), device.person(), device.id());
    }
}
