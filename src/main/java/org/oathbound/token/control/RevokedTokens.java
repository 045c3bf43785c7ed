package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.function.Predicate;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;

/** Removes the entries of revoked tokens, once no row of a job can ask for them; what their secrets have used is kept. */
@ApplicationScoped
public class RevokedTokens {

    private static final Logger LOG = System.getLogger(RevokedTokens.class.getName());

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final KeyEntries keys;

    @Inject
    RevokedTokens(Directory directory, Listing listing, Batch batch, KeyEntries keys) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.keys = keys;
    }

    /**
     * Removes those of an environment.
     *
     * @param isUnfinished whether rows of that job may still be done
     * @param unreadable receives those that can't be read; they stay
     */
    public void remove(Environment environment, Predicate<UUID> isUnfinished, UnreadableEntries unreadable) {
        Pages.forEachRevoked(
                listing,
                batch,
                environment.tokens(),
                entry -> unreadable.attempt(() -> remove(environment, entry, isUnfinished)));
    }

    /**
     * Removes one that was revoked a moment ago. Whatever fails here, it is revoked: the sweep goes on with it, and so does a
     * token that begins with its secret.
     */
    void removeOne(Environment environment, DN name) {
        try {
            new UnreadableEntries()
                    .attempt(() -> directory.read(name).ifPresent(entry -> remove(environment, entry, job -> true)));
        } catch (Problem.Unavailable e) {
            LOG.log(Level.DEBUG, "What is left of a revoked token stays until the sweep", e);
        }
    }

    /** One stays where a restore or an unreadable secret leaves it open what was used: its next life has to know. */
    private void remove(Environment environment, ReadOnlyEntry entry, Predicate<UUID> isUnfinished) {
        if (TokenEntry.isRevoked(entry)) {
            keys.stop(environment, entry);
            if (!entry.hasAttribute(Schema.RESTORED_AT) && !JobMarks.areOfAny(entry, isUnfinished)) {
                directory.deleteIfUnchanged(entry);
            }
        }
    }
}
