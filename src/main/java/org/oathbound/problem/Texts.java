package org.oathbound.problem;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks whether a text is of a kind, before it is parsed. */
public final class Texts {

    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]+");

    private Texts() {}

    /**
     * Whether a text has the shape of a UUID (RFC 9562 section 4), whatever its version; {@link UUID#fromString}
     * takes {@code 1-2-3-4-5} as well.
     */
    public static boolean isUuid(@Nullable String text) {
        return text != null && UUID_SHAPE.matcher(text).matches();
    }

    /** The UUID that a text has the shape of. */
    public static Optional<UUID> uuid(@Nullable String text) {
        return Optional.ofNullable(text).filter(Texts::isUuid).map(UUID::fromString);
    }

    /** Whether a text can be read as one line: visible characters and spaces, not spaces alone. */
    public static boolean isVisible(String text) {
        return !text.isBlank() && ONE_LINE.matcher(text).matches();
    }
}
