package org.oathbound.sealing;

import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Problem;

/**
 * Tells whether the key set is the one that a directory was written with. The entry of the default environment has a
 * fingerprint and a sealed value that no other key set makes and opens.
 */
@ApplicationScoped
public class KeyCheck {

    private static final byte[] KNOWN = "oathbound".getBytes(StandardCharsets.US_ASCII);

    private final Seals seals;

    @Inject
    public KeyCheck(Seals seals) {
        this.seals = seals;
    }

    /** The value that stands on the environment's entry. */
    public String value(UUID environment) {
        return seals.fingerprint(KNOWN) + " " + seals.seal(binding(environment), KNOWN);
    }

    /**
     * Holds the key set against the value on the environment's entry.
     *
     * @throws IllegalStateException when they don't fit
     */
    public void check(Entry environment) {
        String id = environment.getAttributeValue(Schema.ID);
        String value = environment.getAttributeValue(Schema.KEY_CHECK);
        if (id == null || value == null || !fits(UUID.fromString(id), value)) {
            throw new IllegalStateException("The key set " + seals.source()
                    + " is not the one that this directory was written with: it does not"
                    + " open the check value of " + environment.getDN()
                    + ". Put back the key set that belongs to it; without it no secret opens any more.");
        }
    }

    /**
     * Holds the key set against every sealed value's key.
     *
     * @throws IllegalStateException when a key is missing
     */
    public void checkKeysOf(Collection<? extends Entry> entries) {
        for (Entry entry : entries) {
            keyIdsOf(entry).filter(id -> !seals.has(id)).findFirst().ifPresent(id -> {
                throw new IllegalStateException("The key set " + seals.source() + " lacks the key " + id + ", which "
                        + entry.getDN() + " is sealed with. Take the key set of the day of the backup.");
            });
        }
    }

    /** What a token says of its secret, and what the rows of a job that waits name themselves. */
    private static Stream<String> keyIdsOf(Entry entry) {
        return Stream.concat(
                Stream.ofNullable(entry.getAttributeValue(Schema.KEY_ID)),
                Stream.ofNullable(entry.getAttributeValue(Schema.PAYLOAD)).map(SealedValues::keyIdOf));
    }

    private boolean fits(UUID environment, String value) {
        int space = value.indexOf(' ');
        try {
            return value.substring(0, Math.max(space, 0)).equals(seals.fingerprint(KNOWN))
                    && seals.open(binding(environment), value.substring(space + 1)).length == KNOWN.length;
        } catch (Problem.Corrupt e) {
            return false;
        }
    }

    private static Binding binding(UUID environment) {
        return new Binding(environment, "key-check", "");
    }
}
