package org.oathbound.environment;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Schema;

/**
 * One tenant.
 *
 * @param base the entry that the containers of this environment stand below
 */
public record Environment(UUID id, DN base) {

    /** The name of the container that all but the default one stand in. */
    public static final RDN PARENT = new RDN(Schema.OU, "Environments");

    /** Whether it stands on the suffix itself. */
    public boolean isDefault() {
        return !PARENT.equals(parentName());
    }

    public DN tokens() {
        return container("Tokens");
    }

    public DN people() {
        return container("People");
    }

    public DN enrolments() {
        return container("Enrolments");
    }

    public DN devices() {
        return container("Devices");
    }

    public DN jobs() {
        return container("Jobs");
    }

    public DN applications() {
        return container("Applications");
    }

    /** The container of the entries for present and former secrets of tokens. */
    public DN keys() {
        return container("Keys");
    }

    /** The population of people who are put into no other; always the same for one environment. */
    public UUID defaultPopulation() {
        return named("population");
    }

    /** The policy that is the default until another is made so; always the same for one environment. */
    public UUID firstPolicy() {
        return named("policy");
    }

    private @Nullable RDN parentName() {
        DN parent = base.getParent();
        return parent == null ? null : parent.getRDN();
    }

    private UUID named(String name) {
        return UUID.nameUUIDFromBytes((id + " " + name).getBytes(StandardCharsets.US_ASCII));
    }

    private DN container(String name) {
        return new DN(new RDN(Schema.OU, name), base);
    }
}
