package org.oathbound.http;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tells what a client has done to its connection from a failure of ours: it closed it, or wrote what is no HTTP. */
public final class Disconnection {

    private static final String SERVER = "org.glassfish.grizzly.";
    private static final String BROKEN_CONTENT = SERVER + "http.HttpBrokenContentException";

    /**
     * A failed read or write of the socket was thrown so many calls below the server's own at most. Every failure has the server's
     * calls further down, for they lead to us.
     */
    private static final int FRAMES = 15;

    private Disconnection() {}

    /** Whether this, or what caused it, was thrown because the connection could not be read or written. */
    public static boolean isCauseOf(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().equals(BROKEN_CONTENT)
                    || (cause instanceof IOException && isThrownByServer(cause))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThrownByServer(Throwable failure) {
        return Arrays.stream(failure.getStackTrace()).limit(FRAMES).anyMatch(frame -> frame.getClassName()
                .startsWith(SERVER));
    }
}
