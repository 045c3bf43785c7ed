package org.oathbound.directory.embedded;

import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * One change as it stands in the journal: a comment with its position, its length in bytes, the text's checksum and the
 * comment's own, then an LDIF change record (RFC 2849) and an empty line. LDAP tools read it as it is.
 */
final class JournalRecord {

    /** The longest first line, so that a reader never looks further for its end. */
    static final int MAX_HEAD_BYTES = 96;

    private static final Pattern HEAD =
            Pattern.compile("(# record ([0-9]{1,19}) length ([0-9]{1,9}) crc32c ([0-9a-f]{8})) ([0-9a-f]{8})\n");

    private JournalRecord() {}

    static byte[] encode(long position, LDIFChangeRecord change) {
        byte[] text = (change.toLDIFString() + "\n").getBytes(StandardCharsets.UTF_8);
        String head = "# record " + position + " length " + text.length + " crc32c " + hex(checksum(text));
        byte[] line = ascii(head + " " + hex(checksum(ascii(head))) + "\n");
        byte[] record = Arrays.copyOf(line, line.length + text.length);
        System.arraycopy(text, 0, record, line.length, text.length);
        return record;
    }

    /** The fields of a record's first line. */
    record Head(long position, int length, long checksum) {

        /** Empty when the line is not as it was written. */
        static Optional<Head> parse(byte[] line) {
            Matcher matcher = HEAD.matcher(new String(line, StandardCharsets.US_ASCII));
            return matcher.matches()
                            && JournalRecord.checksum(ascii(matcher.group(1))) == Long.parseLong(matcher.group(5), 16)
                    ? Optional.of(new Head(
                            Long.parseLong(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)),
                            Long.parseLong(matcher.group(4), 16)))
                    : Optional.empty();
        }

        boolean fits(byte[] text) {
            return text.length == length && JournalRecord.checksum(text) == checksum;
        }
    }

    /** @throws LDIFException when the text is no change record */
    static LDIFChangeRecord decode(byte[] text) throws LDIFException {
        return LDIFReader.decodeChangeRecord(
                new String(text, StandardCharsets.UTF_8).stripTrailing().split("\n", -1));
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    private static String hex(long checksum) {
        return HexFormat.of().toHexDigits((int) checksum);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
