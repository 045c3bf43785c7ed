package org.oathbound.person.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.Reference;

/** What is read and set of a user one by one, as PingOne's API shows it. */
public sealed interface UserStateJson {

    /** Whether this user signs on at all. */
    record Enabled(@JsonbProperty("_links") Map<String, Link> links, UUID id, boolean enabled)
            implements UserStateJson {}

    /** The population that this user is in. */
    record Population(@JsonbProperty("_links") Map<String, Link> links, UUID id) implements UserStateJson {}

    /** Whether a second factor is used at all. */
    record MfaEnabled(@JsonbProperty("_links") Map<String, Link> links, boolean mfaEnabled) implements UserStateJson {}

    /** Whether this user can't sign in by the password alone. */
    record CodeRequired(@JsonbProperty("_links") Map<String, Link> links, boolean codeRequired)
            implements UserStateJson {}

    /** Until when no code is asked for; both members are absent when one is. */
    record BypassMfa(
            @JsonbProperty("_links") Map<String, Link> links,
            @Nullable Boolean bypassMFAEnabled,
            @Nullable Instant bypassMFAEnabledUntil)
            implements UserStateJson {}

    /** Shows that there is a password. */
    record Password(
            @JsonbProperty("_links") Map<String, Link> links, Reference environment, Reference user, String status)
            implements UserStateJson {}

    /** To the state, the environment and the user. */
    static Map<String, Link> links(Links links, UUID environment, UUID user, String state) {
        Map<String, Link> all = links.of(environment, UsersResource.NAME, user, state);
        all.put("user", links.environment(environment, UsersResource.NAME, user));
        return all;
    }
}
