package org.oathbound.application.control;

import java.net.URI;
import java.util.Set;

/** Which addresses may be told what is secret, or believed: over https, or over http on this machine. */
public final class SecureUri {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private SecureUri() {}

    /** Whether no third party can read or change what is sent there. */
    public static boolean is(URI uri) {
        String host = uri.getHost();
        return "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && host != null && THIS_MACHINE.contains(host));
    }
}
