package org.oathbound.token.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;

/** Removes the entries of revoked tokens, once no row of a job can ask for them; what their secrets have used is kept. */
@ApplicationScoped
public class RevokedTokens {

    private static final int AT_ONCE = 500;

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final TokenLifecycle lifecycle;

    @Inject
    RevokedTokens(Directory directory, Listing listing, Batch batch, TokenLifecycle lifecycle) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.lifecycle = lifecycle;
    }

    /**
     * Removes those of an environment.
     *
     * @param isUnfinished whether rows of that job may still be done
     * @param unreadable receives those that can't be read; they stay
     */
    public void remove(Environment environment, Predicate<UUID> isUnfinished, UnreadableEntries unreadable) {
        List<ReadOnlyEntry> revoked = listing.revoked(environment.tokens());
        for (int from = 0; from < revoked.size(); from += AT_ONCE) {
            List<ReadOnlyEntry> some = revoked.subList(from, Math.min(revoked.size(), from + AT_ONCE));
            batch.together(() -> {
                some.forEach(entry -> unreadable.attempt(() -> remove(environment, entry, isUnfinished)));
                return true;
            });
        }
    }

    /** Removes one that was revoked a moment ago. One that can't be read stays. */
    void removeOne(Environment environment, ReadOnlyEntry entry) {
        new UnreadableEntries().attempt(() -> remove(environment, entry, job -> true));
    }

    /** One stays where a restore or an unreadable secret leaves it open what was used: its next life has to know. */
    private void remove(Environment environment, ReadOnlyEntry entry, Predicate<UUID> isUnfinished) {
        if (TokenEntry.isRevoked(entry)) {
            lifecycle.keepEnd(environment, entry);
            if (!entry.hasAttribute(Schema.RESTORED_AT) && !JobMarks.areOfAny(entry, isUnfinished)) {
                directory.deleteIfUnchanged(entry);
            }
        }
    }
}
