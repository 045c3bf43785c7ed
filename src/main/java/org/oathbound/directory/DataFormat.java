package org.oathbound.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The format of all that a data directory holds: a number, which the first line of each journal file says. A change of
 * anything stored that an older version would misread (an attribute, a sealed value, the key set, the audit) is a new
 * format: the version that makes it raises {@link #LATEST}, and begins a journal file of that format before it writes
 * anything else.
 */
public final class DataFormat {

    /** The format of what this version writes; it reads this one and those before. Backups have it, too. */
    public static final int LATEST = 3;

    private static final String LINE = "# oathbound journal, format ";
    private static final Pattern BEGINNING = Pattern.compile(LINE + "([0-9]+)(?s:.*)");
    private static final int BEGINNING_BYTES = 64;

    private DataFormat() {}

    /** The first line of a journal file, without its end. */
    public static String line(int format) {
        return LINE + format;
    }

    /** The format that a file's first line says; the latest where that line is damaged. */
    public static int of(Path journalFile) throws IOException {
        return said(journalFile)
                .filter(DataFormat::isKnown)
                .map(Integer::valueOf)
                .orElse(LATEST);
    }

    /** The files of a journal, in the order of their positions. */
    public static List<Path> journalFiles(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(DataFormat::isNumbered).sorted().toList();
        }
    }

    /** Whether the name is that of a file of the journal, or of a snapshot. */
    public static boolean isNumbered(Path file) {
        return file.getFileName().toString().matches("[0-9]{19}\\.ldif");
    }

    /**
     * Looks at the first line of every journal file; one that says no format is damage, which reading it finds.
     *
     * @throws IllegalStateException when a file has a format that this version does not know
     */
    static void check(Path dataDirectory) throws IOException {
        Path folder = dataDirectory.resolve("journal");
        for (Path file : Files.isDirectory(folder) ? journalFiles(folder) : List.<Path>of()) {
            Optional<String> said = said(file);
            if (said.isPresent() && !isKnown(said.get())) {
                throw new IllegalStateException("The data directory " + dataDirectory + " has format " + said.get()
                        + ", and this version of Oathbound reads formats up to " + LATEST
                        + " only: use the version that wrote it, or a later one.");
            }
        }
    }

    private static Optional<String> said(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Matcher beginning =
                    BEGINNING.matcher(new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.US_ASCII));
            return beginning.matches() ? Optional.of(beginning.group(1)) : Optional.empty();
        }
    }

    /** Whether a format's number, as a file says it, is one that this version reads. */
    public static boolean isKnown(String format) {
        return format.length() == 1 && format.charAt(0) >= '1' && format.charAt(0) <= '0' + LATEST;
    }
}
