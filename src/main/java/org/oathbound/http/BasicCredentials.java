package org.oathbound.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name and the password that a header Authorization of the scheme Basic has (RFC 7617). */
public record BasicCredentials(String name, String password) {

    private static final Pattern BASIC = Pattern.compile("(?i:Basic) +([A-Za-z0-9+/]+=*)");

    /** Empty where the header is of another scheme, or malformed. */
    public static Optional<BasicCredentials> of(String authorization) {
        Matcher basic = BASIC.matcher(authorization);
        try {
            byte[] decoded = Base64.getDecoder().decode(basic.matches() ? basic.group(1) : "");
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return Optional.of(parts)
                    .filter(both -> both.length == 2)
                    .map(both -> new BasicCredentials(both[0], both[1]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "BasicCredentials[" + name + "]";
    }
}
