package org.oathbound.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oathbound.file.PrivateFile;

/** The folder of the audit and the names in it: {@code audit-20261122-000001.jsonl}. The number counts on over the days. */
final class AuditFiles {

    private static final Pattern NAME = Pattern.compile("audit-([0-9]{8})-([0-9]{6,12})\\.jsonl");
    private static final String INDEX = ".idx";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final Path folder;

    AuditFiles(Path dataDirectory) {
        this.folder = dataDirectory.resolve("audit");
    }

    void makeFolder() throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            PrivateFile.flush(folder.resolveSibling(""));
        }
    }

    /** Makes the file known to its folder. */
    void flush() throws IOException {
        PrivateFile.flush(folder);
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path head() {
        return folder.resolve("head");
    }

    /** The names of the files in the order of their numbers; none where there is no folder. */
    List<String> names() throws IOException {
        return listed(name -> NAME.matcher(name).matches()).stream()
                .sorted(Comparator.comparingLong(AuditFiles::number))
                .toList();
    }

    /** The names of the indexes that stand beside the files. */
    List<String> indexes() throws IOException {
        return listed(
                name -> name.endsWith(INDEX) && NAME.matcher(ofIndex(name)).matches());
    }

    private List<String> listed(Predicate<String> which) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.map(path -> path.getFileName().toString())
                    .filter(which)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    static String indexOf(String name) {
        return name + INDEX;
    }

    static String ofIndex(String index) {
        return index.substring(0, index.length() - INDEX.length());
    }

    static String name(Instant day, long number) {
        return "audit-" + DAY.format(day(day)) + "-" + "%06d".formatted(number) + ".jsonl";
    }

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    static LocalDate day(String name) {
        return LocalDate.parse(matched(name).group(1), DAY);
    }

    static long number(String name) {
        return Long.parseLong(matched(name).group(2));
    }

    private static Matcher matched(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No file of the audit: " + name);
        }
        return matcher;
    }
}
