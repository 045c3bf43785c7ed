package org.oathbound.http;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The media types of answers. Resources say {@code @Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})}, in this order: the
 * first is for those who take anything.
 */
public final class MediaTypes {

    public static final String HAL_JSON = "application/hal+json;charset=UTF-8";
    /** For clients that ask for it by name: PingOne's Go SDK can't read {@code application/hal+json}. */
    public static final String JSON = "application/json;charset=UTF-8";

    private static final MediaType HAL = MediaType.valueOf(HAL_JSON);
    private static final MediaType PLAIN = MediaType.valueOf(JSON);

    private MediaTypes() {}

    /** Whether a type names no charset, or one that exists. */
    static boolean hasKnownCharset(MediaType type) {
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        try {
            return charset == null || Charset.isSupported(charset);
        } catch (IllegalArgumentException e) { // for what can't be the name of one
            return false;
        }
    }

    /**
     * The type of an answer that has to be given whatever was asked for.
     *
     * @param acceptable what the client takes, best first
     */
    static MediaType bestOf(List<MediaType> acceptable) {
        for (MediaType range : acceptable) {
            if (range.isCompatible(HAL)) {
                return HAL;
            }
            if (range.isCompatible(PLAIN)) {
                return PLAIN;
            }
        }
        return PLAIN;
    }
}
