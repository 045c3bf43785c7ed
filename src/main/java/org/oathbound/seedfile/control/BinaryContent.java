package org.oathbound.seedfile.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells by its first bytes what a file is that is no text. */
final class BinaryContent {

    private static final String ZIP = "504b0304";

    /** The first bytes in hexadecimal digits; all of these are no seed files. */
    private static final Map<String, String> SENTENCES = Map.of(
            "255044462d", "The file is a PDF document; ask its sender for the seed file itself.",
            "d0cf11e0a1b11ae1", "The file is an Excel workbook or another Office document; save it as CSV.",
            "1f8b", "The file is compressed (gzip); unpack it and send what is in it.",
            "377abcaf271c", "The file is a 7z archive; unpack it and send the seed file that is in it.",
            "526172211a07", "The file is a RAR archive; unpack it and send the seed file that is in it.");

    private BinaryContent() {}

    /** Null when it is none that is known. */
    static @Nullable FileContent of(byte[] head) {
        String start = HexFormat.of().formatHex(Arrays.copyOf(head, Math.min(head.length, 8)));
        if (start.startsWith(ZIP)) {
            return FileContent.other(zip(new String(head, StandardCharsets.ISO_8859_1)));
        }
        if (isOpenPgp(head)) {
            return FileContent.other("The file is encrypted with PGP; decrypt it and send what is in it.");
        }
        return SENTENCES.entrySet().stream()
                .filter(entry -> start.startsWith(entry.getKey()))
                .map(entry -> FileContent.other(entry.getValue()))
                .findFirst()
                .orElse(null);
    }

    /** Names of files stand in an archive as they are. */
    private static String zip(String head) {
        if (head.contains("xl/")) {
            return "The file is an Excel workbook; save it as CSV.";
        } else if (head.contains("opendocument.spreadsheet")) {
            return "The file is an OpenDocument spreadsheet; save it as CSV.";
        }
        boolean isDocument =
                List.of("[Content_Types].xml", "opendocument.").stream().anyMatch(head::contains);
        return isDocument
                ? "The file is an Office document; if it is a workbook, save it as CSV."
                : "The file is a ZIP archive; unpack it and send the seed file that is in it.";
    }

    /** RFC 4880 section 5: a session key, for a public key (version 3) or a passphrase (version 4), behind its length. */
    private static boolean isOpenPgp(byte[] head) {
        if (head.length < 4) {
            return false;
        }
        return switch (head[0] & 0xFF) {
            case 0x84 -> head[2] == 3;
            case 0x85 -> head[3] == 3;
            case 0x8C -> head[2] == 4;
            default -> false;
        };
    }
}
