package org.oathbound.commandline.control;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is to have which token, in comma-separated values with the columns {@code username} and {@code serial}. */
public final class PairFile {

    private static final String USERNAME = "username";
    private static final String SERIAL = "serial";

    private PairFile() {}

    /**
     * The rows of a job that pairs; {@link Failure}, with every fault and its line, when the file is not right.
     *
     * @param status of the devices
     */
    public static List<Map<String, String>> read(Path file, String status) throws IOException {
        List<CsvRecord> records = CsvFile.records(file);
        List<String> header = CsvFile.header(records);
        if (header.size() != 2 || !Set.copyOf(header).equals(Set.of(USERNAME, SERIAL))) {
            throw Failure.usage("The first line must name the columns: username and serial.");
        }
        List<Map<String, String>> pairs = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (CsvRecord line : records.subList(1, records.size())) {
            String username = line.getField(header.indexOf(USERNAME)).strip();
            String serial = line.getField(header.indexOf(SERIAL)).strip();
            if (username.isEmpty() || serial.isEmpty()) {
                faults.add("Line " + line.getStartingLineNumber() + " has no user name or no serial number.");
            }
            pairs.add(Map.of("username", username, "serialNumber", serial, "status", status));
        }
        if (!faults.isEmpty()) {
            throw Failure.usage("Nothing was changed, for the file is not right:\n  " + String.join("\n  ", faults));
        } else if (pairs.isEmpty()) {
            throw Failure.usage("Nothing was changed: the file names nobody.");
        }
        return pairs;
    }
}
