package org.oathbound.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oathbound.it.Confidential.Kind;

/**
 * Looks for many values in files, each line once, whatever their number: a value is looked up by its longest run of letters
 * and digits, and compared as a whole where that run stands.
 *
 * <p>A code counts only where it stands by itself, and nothing before it makes it a part of something longer: what follows
 * {@code -}, {@code @}, {@code _} or a decimal point is the number of a thread or a file, an object's address, a fraction of
 * a second, of which any six digits would be somebody's code sooner or later; and a UUID may begin with eight. So a code that is logged right behind one of
 * these goes unnoticed, and so does a value that is glued to further letters.
 */
final class LogSearch {

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final String PARTS_BEFORE_A_CODE = "-@_.";
    private static final Set<String> MAY_HAVE_THEM = Set.of("keyset.json", "bootstrap.env", "demo.txt");

    private final Map<String, List<Wanted>> byRun = new HashMap<>();

    /** @param before how much of the value stands before its run */
    private record Wanted(String value, int before, Kind kind) {}

    LogSearch(Map<String, Kind> values) {
        values.forEach(this::want);
    }

    private void want(String value, Kind kind) {
        // Bytes as characters: lines are read so, whatever is in them.
        String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        RUN.matcher(bytes)
                .results()
                .max((one, other) ->
                        Integer.compare(one.group().length(), other.group().length()))
                .ifPresent(run -> byRun.computeIfAbsent(run.group(), any -> new ArrayList<>())
                        .add(new Wanted(bytes, run.start(), kind)));
    }

    /** Where something was found, and what kind of value it is: never the value. */
    List<String> in(Path file) {
        return in(file, 0);
    }

    /** The same, behind so many bytes; lines are counted from there. */
    private List<String> in(Path file, long from) {
        List<String> found = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1))) {
            bytes.skipNBytes(from);
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                for (Kind kind : in(line)) {
                    found.add(file + (from == 0 ? "" : " behind byte " + from) + ":" + number + ": " + kind);
                }
            }
        } catch (NoSuchFileException e) {
            return found; // renamed or removed meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The kinds of values that stand in a line. */
    List<Kind> in(String line) {
        List<Kind> kinds = new ArrayList<>();
        Matcher runs = RUN.matcher(line);
        while (runs.find()) {
            MatchResult run = runs.toMatchResult();
            byRun.getOrDefault(run.group(), List.of()).stream()
                    .filter(wanted -> isAt(line, run.start(), wanted))
                    .map(Wanted::kind)
                    .forEach(kinds::add);
        }
        return kinds;
    }

    private static boolean isAt(String line, int start, Wanted wanted) {
        if (wanted.kind() == Kind.CODE) {
            boolean beginsAnId = UUID.matcher(line).region(start, line.length()).lookingAt();
            return !beginsAnId && (start == 0 || PARTS_BEFORE_A_CODE.indexOf(line.charAt(start - 1)) < 0);
        }
        return line.startsWith(wanted.value(), start - wanted.before());
    }

    /**
     * Holds the log of a server, its audit and its data against all that tests have sent and were told until now.
     *
     * @throws AssertionError that names file, line and kind
     */
    static void assertNothingConfidential(Path log, Path data) {
        assertNothingConfidential(log, 0, data);
    }

    /**
     * The same for a log that was searched before.
     *
     * @param from how many bytes of it were searched, with what was known then
     */
    static void assertNothingConfidential(Path log, long from, Path data) {
        noteKeys(data.resolve("keyset.json"));
        LogSearch all = new LogSearch(Confidential.known());
        Map<String, Kind> longOnes = new HashMap<>(Confidential.known());
        longOnes.values().removeIf(kind -> kind == Kind.CODE);
        LogSearch withoutCodes = new LogSearch(longOnes);
        List<String> found = new ArrayList<>(all.in(log, from));
        filesBelow(data).forEach(file -> found.addAll((isOfLines(file) ? all : withoutCodes).in(file)));
        if (!found.isEmpty()) {
            throw new AssertionError("Confidential, and written down: " + found);
        }
    }

    /** In the journal any six digits may be a revision. */
    private static boolean isOfLines(Path file) {
        return name(file).endsWith(".log") || name(file).endsWith(".jsonl");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void noteKeys(Path keySet) {
        try {
            Confidential.noteKeys(Files.readString(keySet));
        } catch (IOException e) {
            return; // the keys of this server are elsewhere
        }
    }

    private static List<Path> filesBelow(Path data) {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> Files.isRegularFile(file) && !MAY_HAVE_THEM.contains(name(file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new AssertionError("The data can't be searched: " + data, e);
        }
    }
}
