package org.oathbound.commandline.control;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Comma-separated values (RFC 4180) in UTF-8, whose first line names the columns. */
final class CsvFile {

    private CsvFile() {}

    /** Its lines, the header too; {@link Failure} when it is no such file. */
    static List<CsvRecord> records(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            return CsvReader.builder().ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text).stream()
                    .toList();
        } catch (CharacterCodingException e) {
            throw Failure.usage("The file " + file + " is not in UTF-8.");
        } catch (CsvParseException e) {
            throw Failure.usage("The file " + file + " is not comma-separated values: " + e.getMessage());
        }
    }

    /** The names of the columns, in lower case; none of an empty file. */
    static List<String> header(List<CsvRecord> records) {
        return records.isEmpty()
                ? List.of()
                : records.getFirst().getFields().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
