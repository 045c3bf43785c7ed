package org.oathbound.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What {@code Content-Disposition} (RFC 6266) says of an answer that is kept as a file. */
public final class Download {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Download() {}

    /** Such as {@code attachment; filename="tokens-20260102T030405Z.csv"}. */
    public static String named(String name, Instant at, String extension) {
        return "attachment; filename=\"" + name + "-" + STAMP.format(at) + "." + extension + "\"";
    }
}
