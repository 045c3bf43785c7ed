package org.oathbound.seedfile.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Format;

/**
 * Tells by its beginning what a file is. It never chooses a format; it refuses a file that is clearly another one than was
 * said, once and as a whole, before its rows are told apart by the wrong rules. What it does not know it leaves to the
 * reader of the format.
 */
public final class FormatByContent {

    static final int HEAD_BYTES = 8 * 1024;

    private static final int FIRST_RECORDS = 10;

    private static final Set<String> UTF_16_MARKS = Set.of("feff", "fffe");

    private static final Set<Format> XML = Set.of(Format.PSKC, Format.SAFENET_XML);
    private static final Set<Format> LDIF = Set.of(Format.FREEIPA_LDIF, Format.PINGDIRECTORY_LDIF, Format.SAFEWORD_DAT);

    private static final Pattern LDIF_BEGINS = Pattern.compile("(?i)(?:dn::? ?\\S|version: ?1).*");
    private static final Pattern SAFEWORD = Pattern.compile("(?im)^(?:dn: ?)?scc(?:AuthenticatorId|TokenData) ?[:=]");
    private static final Pattern FREEIPA = Pattern.compile("(?im)^(?:dn: ?)?ipatoken[a-z]+[:=]");
    private static final Pattern PING_DIRECTORY = Pattern.compile("(?im)^ds-auth-totp-shared-secret:");
    private static final Pattern JSON = Pattern.compile("(?s)\\{\\s*[\"}].*|\\[\\s*[{\"\\]].*");

    private FormatByContent() {}

    /**
     * The file, from its first byte on.
     *
     * @throws Problem.InvalidRequest when it is clearly of another format than the one that was said, or of none
     */
    public static InputStream checked(Format said, InputStream file) {
        BufferedInputStream buffered = new BufferedInputStream(file, HEAD_BYTES);
        byte[] head = head(buffered);
        FileContent content = content(head);
        if (content != null && !content.formats().contains(said)) {
            throw TextLines.refused(content.sentence());
        }
        if (said == Format.OATH_CSV && !couldBeOathCsv(head)) {
            throw TextLines.refused(
                    "None of the first lines of the file looks like a token, as in serial,key,type,length; it"
                            + " is no seed file, or one of another format.");
        }
        return buffered;
    }

    /**
     * What a file is that came without its format, and what to do; empty when that is not clear. Consumes the first bytes.
     */
    public static Optional<String> named(InputStream file) {
        return Optional.ofNullable(content(head(new BufferedInputStream(file, HEAD_BYTES))))
                .map(FileContent::sentence);
    }

    private static byte[] head(BufferedInputStream file) {
        try {
            file.mark(HEAD_BYTES);
            byte[] head = file.readNBytes(HEAD_BYTES);
            file.reset();
            return head;
        } catch (IOException e) {
            throw TextLines.refused("The file can't be read to its end.");
        }
    }

    /** Null when it is not clear. */
    static @Nullable FileContent content(byte[] head) {
        FileContent binary = BinaryContent.of(head);
        if (binary != null) {
            return binary;
        }
        String text = text(head);
        if (text.startsWith("<")) {
            return xml(text);
        } else if (text.startsWith("-----BEGIN PGP ")) {
            return FileContent.other("The file is encrypted or signed with PGP; decrypt it and send what is in it.");
        } else if (text.startsWith("-----BEGIN ")) {
            return FileContent.other("The file is a certificate or a key (PEM); send the seed file itself.");
        } else if (JSON.matcher(text).matches()) {
            return FileContent.other(
                    "The file is JSON; a job in JSON is sent with its own media type, by the command line"
                            + " with --format JSON.");
        } else if (LDIF_BEGINS.matcher(firstLine(text)).matches()) {
            return ldif(text);
        }
        return table(head);
    }

    private static String text(byte[] head) {
        String start = HexFormat.of().formatHex(Arrays.copyOf(head, Math.min(head.length, 2)));
        Charset charset = UTF_16_MARKS.contains(start) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        return new String(head, charset).replace("\uFEFF", "").strip();
    }

    private static @Nullable FileContent xml(String text) {
        return switch (outermost(text)) {
            case "keycontainer" -> FileContent.of(Format.PSKC, "a PSKC container");
            case "tokens" -> FileContent.of(Format.SAFENET_XML, "SafeNet's XML");
            case "html", "head", "body", "!doctype html" ->
                FileContent.other("The file is a web page; download the seed file itself.");
            case "" -> null;
            default ->
                new FileContent(XML, "The file is XML, and none that is known here; ask its sender for PSKC or CSV.");
        };
    }

    /** The name of the outermost element, without its prefix and in lower case; empty when the text is no XML. */
    private static String outermost(String text) {
        String rest = text;
        while (rest.startsWith("<?") || rest.startsWith("<!--")) {
            String end = rest.startsWith("<?") ? "?>" : "-->";
            int at = rest.indexOf(end);
            rest = at < 0 ? "" : rest.substring(at + end.length()).strip();
        }
        String tag = rest.split("[\\s/>]", 2)[0].toLowerCase(Locale.ROOT);
        if (tag.equals("<!doctype")) {
            String[] words = rest.toLowerCase(Locale.ROOT).split("[\\s>\\[]+", 3);
            return words.length > 1 && words[1].equals("html") ? "!doctype html" : "!doctype";
        }
        return tag.matches("<[a-z][\\w.:-]*") ? tag.substring(Math.max(1, tag.indexOf(':') + 1)) : "";
    }

    private static FileContent ldif(String text) {
        if (SAFEWORD.matcher(text).find()) {
            return FileContent.of(Format.SAFEWORD_DAT, "SafeWord's");
        } else if (FREEIPA.matcher(text).find()) {
            return FileContent.of(Format.FREEIPA_LDIF, "FreeIPA's LDIF");
        } else if (PING_DIRECTORY.matcher(text).find()) {
            return FileContent.of(Format.PINGDIRECTORY_LDIF, "PingDirectory's LDIF");
        }
        // An export may begin with entries that are of no concern.
        return new FileContent(
                LDIF, "The file is LDIF; say format=FREEIPA_LDIF, PINGDIRECTORY_LDIF or SAFEWORD_DAT, as it is.");
    }

    /** The first that is neither blank nor a comment. */
    private static String firstLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    private static @Nullable FileContent table(byte[] head) {
        List<CsvRecord> first = firstRecords(head);
        if (first.isEmpty()) {
            return null;
        }
        List<String> cells = first.getFirst().cells();
        if (cells != null && EntraCsv.isHeader(cells)) {
            return FileContent.of(Format.ENTRA_CSV, "a table for Microsoft Entra");
        }
        if (cells != null && PrivacyIdeaCsv.isRow(cells)) {
            return FileContent.of(Format.PRIVACYIDEA_CSV, "an export of privacyIDEA");
        }
        return YubicoCsv.isLogged(first.getFirst())
                ? FileContent.of(Format.YUBICO_CSV, "a log of Yubico's personalization tool")
                : null;
    }

    /** A file that has no lines at all, or that can't be read as text, is the reader's to refuse. */
    private static boolean couldBeOathCsv(byte[] head) {
        List<CsvRecord> first = firstRecords(head);
        return first.isEmpty() || OathCsv.couldBe(first);
    }

    /** Without the last line of a head that is cut; none when they can't be read. */
    private static List<CsvRecord> firstRecords(byte[] head) {
        int end = head.length;
        while (head.length == HEAD_BYTES && end > 0 && head[end - 1] != '\n' && head[end - 1] != '\r') {
            end--;
        }
        CsvRecords records = new CsvRecords(new ByteArrayInputStream(Arrays.copyOf(head, end)));
        List<CsvRecord> first = new ArrayList<>();
        try {
            CsvRecord next = records.next();
            while (next != null) {
                first.add(next);
                next = first.size() < FIRST_RECORDS ? records.next() : null;
            }
        } catch (Problem.InvalidRequest | Problem.TooLarge e) {
            return List.of();
        }
        return first;
    }
}
