package org.oathbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A data directory that an earlier version has left, one for each format: {@code data}, what that version's {@code backup}
 * wrote of it, and what there is in it, as properties.
 */
public final class GoldenData {

    private static final Path ALL = Path.of("src", "test", "resources", "golden");

    private final Path folder;
    private final Properties expected = new Properties();

    private GoldenData(Path folder) {
        this.folder = folder;
        try (var file = Files.newBufferedReader(folder.resolve("expected.properties"))) {
            expected.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of each format. */
    public static List<GoldenData> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("format-"))
                    .sorted()
                    .map(GoldenData::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The format of what is stored. */
    public int format() {
        return Integer.parseInt(folder.getFileName().toString().substring("format-".length()));
    }

    /** A value of {@code expected.properties}. */
    public String expected(String name) {
        String value = expected.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(folder + " does not say " + name);
        }
        return value;
    }

    /** A copy of the data directory, as its own user would have it. */
    public Path copyTo(Path data) {
        copy(folder.resolve("data"), data);
        return data;
    }

    public Path backup() {
        return folder.resolve("backup.ldif");
    }

    /** Copies a folder, for its owner only. */
    public static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
                } else {
                    Files.copy(each, copy);
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says of a data directory that it has another format, as a later version would: in its newest journal file. */
    public static void sayFormat(Path data, int format) {
        try {
            Path newest = newest(data.resolve("journal"));
            String text = Files.readString(newest, StandardCharsets.ISO_8859_1);
            Files.writeString(
                    newest,
                    text.replaceFirst("journal, format [0-9]+", "journal, format " + format),
                    StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last file by its name. */
    public static Path newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().reduce((first, last) -> last).orElseThrow();
        }
    }

    /** Everything in a folder: the mode of each file, and what is in it. */
    public static Map<String, String> contents(Path folder) {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                String bytes = Files.isDirectory(each) ? "" : Files.readString(each, StandardCharsets.ISO_8859_1);
                contents.put(folder.relativize(each).toString(), mode + " " + bytes);
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
