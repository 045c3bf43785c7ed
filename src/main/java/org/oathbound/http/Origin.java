package org.oathbound.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port as a client sees them (RFC 6454); unchecked until {@link #isPlausible}. */
record Origin(String scheme, String host, String port) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** What a proxy says about the request it passes on; null where it says nothing. */
    Origin forwardedAs(@Nullable String itsScheme, @Nullable String itsHost, @Nullable String itsPort) {
        Origin origin = itsScheme == null ? this : new Origin(itsScheme, host, defaultPort(itsScheme));
        origin = itsHost == null ? origin : origin.at(itsHost);
        return itsPort == null ? origin : new Origin(origin.scheme, origin.host, itsPort);
    }

    boolean isPlausible() {
        return (scheme.equals("http") || scheme.equals("https"))
                && HOST.matcher(host).matches()
                && PORT.matcher(port).matches();
    }

    String url() {
        return scheme + "://" + host + (port.equals(defaultPort(scheme)) ? "" : ":" + port);
    }

    private Origin at(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return colon > hostAndPort.lastIndexOf(']')
                ? new Origin(scheme, hostAndPort.substring(0, colon), hostAndPort.substring(colon + 1))
                : new Origin(scheme, hostAndPort, defaultPort(scheme));
    }

    private static String defaultPort(String scheme) {
        return scheme.equals("https") ? "443" : "80";
    }
}
