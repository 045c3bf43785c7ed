package org.oathbound.directoryapi.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.oathbound.directory.Ldif;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Names of entries in paths, there and back. */
final class EntryNames {

    /** More than any name in the tree has; what is done with a name grows with its length, faster than that. */
    private static final int MAX_CHARACTERS = 2_000;

    private static final int SEGMENT = 2;

    private EntryNames() {}

    /**
     * The name in {@code /directory/v1/{dn}}: from the path as it was sent, for JAX-RS takes what stands behind a semicolon
     * for parameters; decoded once.
     *
     * @throws Problem.InvalidRequest when it is none
     */
    static DN in(UriInfo uri) {
        String path = uri.getPath(false);
        String[] segments = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
        return parse("dn", decoded(segments[SEGMENT]));
    }

    /** The name that this text is, if it is one. */
    static Optional<DN> find(String text) {
        try {
            return Optional.of(parse("name", text));
        } catch (Problem.InvalidRequest e) {
            return Optional.empty();
        }
    }

    /** The same of a name that came in another way. */
    static DN parse(String target, String text) {
        try {
            DN name = text.length() > MAX_CHARACTERS ? DN.NULL_DN : new DN(text, Ldif.schema());
            if (name.isNullDN()) {
                throw invalid(target);
            }
            return name;
        } catch (LDAPException e) {
            throw invalid(target);
        }
    }

    /**
     * The name as a segment of a path; commas and equals signs may stand there as they are (RFC 3986 section 3.3). It has no
     * backslash, which the container refuses in paths: a value that needs one is written in hexadecimal (RFC 4514 section 2.4).
     */
    static String encoded(String name) {
        String sent = name.indexOf('\\') < 0
                ? name
                : Stream.of(parse("dn", name).getRDNs())
                        .map(EntryNames::withoutBackslash)
                        .collect(Collectors.joining(","));
        return URLEncoder.encode(sent, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%3D", "=");
    }

    private static String withoutBackslash(RDN rdn) {
        if (rdn.toString().indexOf('\\') < 0) {
            return rdn.toString();
        }
        String[] names = rdn.getAttributeNames();
        byte[][] values = rdn.getByteArrayAttributeValues();
        return IntStream.range(0, names.length)
                .mapToObj(i -> names[i] + "=#" + HexFormat.of().formatHex(new ASN1OctetString(values[i]).encode()))
                .collect(Collectors.joining("+"));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("dn");
        }
    }

    private static Problem.InvalidRequest invalid(String target) {
        return new Problem.InvalidRequest(
                DetailCode.INVALID_VALUE, target, "This is not the DN of an entry (RFC 4514).");
    }
}
